// Writes include/tok.h from the declarations of TokABI, or compares it with them.
//
//     header-generator FOLDER            writes FOLDER/include/tok.h
//     header-generator --check FOLDER    exit status 1 if it is not what would be written

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The files, in the order of the header, with what stands above their functions.
let files = [
  ("Version", "The library"), ("Status", "The library"), ("Errors", "Errors"),
  ("Loading", "Tokenizers"), ("Vocabulary", "Vocabularies"), ("Contexts", "Encoding"),
  ("Encoding", "Encoding"), ("Batches", "Many texts"),
  ("Encodings", "Texts as models take them"), ("Decoding", "Decoding"),
  ("Streaming", "Texts and ids that come in parts"),
]

func read(_ path: String) throws(GeneratorError) -> String {
  guard let file = unsafe fopen(path, "r") else { throw GeneratorError("\(path) cannot be read") }
  defer { unsafe fclose(file) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = unsafe fread(&block, 1, block.count, file)
    if count == 0 { break }
    bytes += block[..<count]
  }
  return String(decoding: bytes, as: UTF8.self)
}

func header(_ folder: String) throws(GeneratorError) -> [UInt8] {
  var types = TypeNames()
  var texts: [(file: String, title: String, text: String)] = []
  for (file, title) in files {
    let text = try read("\(folder)/Sources/TokABI/\(file).swift")
    types.read(text)
    texts.append((file, title, text))
  }
  var sections: [(title: String, declarations: [Declaration])] = []
  for (file, title, text) in texts {
    let declarations = try DeclarationReader(file, text, types).declarations()
    if sections.last?.title == title {
      sections[sections.count - 1].declarations += declarations
    } else {
      sections.append((title, declarations))
    }
  }
  let own = try read("\(folder)/Sources/CTokTypes/include/tok_types.h")
  let lines = own.split(separator: "\n", omittingEmptySubsequences: false)
  let borders = lines.indices.filter { lines[$0].hasPrefix("/* -----") }
  guard borders.count == 2 else { throw GeneratorError("tok_types.h has no two lines of dashes") }
  let taken = lines[(borders[0] + 1)..<borders[1]].joined(separator: "\n")
  return Header(version: "0.1.0", types: taken, sections: sections).bytes
}

func main() -> Int32 {
  let arguments = CommandLine.arguments.dropFirst()
  let checks = arguments.first == "--check"
  guard let folder = arguments.last, arguments.count == (checks ? 2 : 1) else {
    print("usage: header-generator [--check] FOLDER")
    return 2
  }
  let path = folder + "/include/tok.h"
  do throws(GeneratorError) {
    let wanted = try header(folder)
    if checks {
      guard try Array(read(path).utf8) == wanted else {
        throw GeneratorError("\(path) is not what `make header` writes")
      }
      return 0
    }
    guard let file = unsafe fopen(path, "w"),
      unsafe fwrite(wanted, 1, wanted.count, file) == wanted.count, unsafe fclose(file) == 0
    else { throw GeneratorError("\(path) cannot be written") }
    return 0
  } catch {
    print("header-generator: \(error)")
    return 1
  }
}

exit(main())
