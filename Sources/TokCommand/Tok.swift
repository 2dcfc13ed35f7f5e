import ArgumentParser

@main
struct TokCommand: ParsableCommand {}
