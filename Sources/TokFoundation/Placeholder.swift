// TokFoundation
