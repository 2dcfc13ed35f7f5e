/// Puts the declarations together as a header of C.
struct Header {
  private var text = ""

  /// - Parameters:
  ///   - types: what `tok_types.h` has between its lines of dashes.
  ///   - sections: the declarations of each file, with a title.
  init(version: String, types: String, sections: [(title: String, declarations: [Declaration])]) {
    text = Self.beginning(version)
    let all = sections.flatMap(\.declarations)
    title("Types")
    for case .handle(let name, let documentation) in all {
      comment(documentation)
      text += "typedef struct \(name) \(name);\n\n"
    }
    text += types.trimmed + "\n\n"
    for case .enumeration(let name, let cases, let documentation) in all {
      append(name, cases, documentation)
    }
    for section in sections {
      let functions = section.declarations.filter { if case .function = $0 { true } else { false } }
      guard !functions.isEmpty else { continue }
      title(section.title)
      for case .function(let name, let result, let parameters, let documentation) in functions {
        append(name, result, parameters, documentation)
      }
    }
    text += Self.end
  }

  var bytes: [UInt8] { Array(text.utf8) }

  private mutating func title(_ title: String) {
    let line = "/* ---- \(title) "
    text += line + String(repeating: "-", count: max(96 - line.count, 4)) + " */\n\n"
  }

  private mutating func comment(_ lines: [String], indent: String = "") {
    guard lines.count > 1 else {
      if let line = lines.first { text += "\(indent)/** \(line) */\n" }
      return
    }
    text += indent + "/**\n"
    for line in lines { text += indent + (line.isEmpty ? " *" : " * " + line) + "\n" }
    text += indent + " */\n"
  }

  private mutating func append(
    _ name: String, _ cases: [(name: String, value: String, documentation: [String])],
    _ documentation: [String]
  ) {
    comment(documentation)
    // subtle: an enumeration's size is the compiler's affair, a number's is not.
    text += "typedef int32_t \(name);\nenum {\n"
    for (index, element) in cases.enumerated() {
      comment(element.documentation, indent: "  ")
      text += "  \(element.name) = \(element.value)\(index == cases.count - 1 ? "" : ",")\n"
    }
    text += "};\n\n"
  }

  private mutating func append(
    _ name: String, _ result: String, _ parameters: [(type: String, name: String)],
    _ documentation: [String]
  ) {
    comment(documentation)
    var line = "TOK_API \(result)\(result.last == "*" ? "" : " ")\(name)("
    let indent = String(repeating: " ", count: min(line.count, 40))
    for (index, parameter) in parameters.enumerated() {
      let type = parameter.type
      var part = "\(type)\(type.last == "*" ? "" : " ")\(parameter.name)"
      part += index == parameters.count - 1 ? "" : ","
      if index > 0 {
        if line.count + part.count > 98 {
          text += line + "\n"
          line = indent
        } else {
          line += " "
        }
      }
      line += part
    }
    text += line + (parameters.isEmpty ? "void" : "") + ");\n\n"
  }

  private static func beginning(_ version: String) -> String {
    let parts = version.split(separator: ".").map(String.init)
    return """
      /*
       * tok.h - text to tokens and back, exactly as the original tokenizers do.
       *
       * Generated from the declarations in Sources/TokABI by `make header`; do not edit.
       *
       *     tok_tokenizer *tokenizer;
       *     tok_error *error;
       *     if (tok_tokenizer_load_name("o200k_base", &tokenizer, &error) != TOK_OK) {
       *       fprintf(stderr, "%s\\n", tok_error_message(error));
       *       tok_error_free(error);
       *       return 1;
       *     }
       *     tok_id ids[64];
       *     size_t count;
       *     tok_encode(tokenizer, "Hello, world", 12, NULL, NULL, ids, 64, &count, NULL);
       *     tok_tokenizer_free(tokenizer);
       *
       * Ownership   What a function with _create, _load or _encode_batch in its name makes is freed with
       *             the function _free of its kind, by the caller. What is shown by a pointer stays until
       *             the object that it belongs to is freed. All other memory is the caller's.
       * Errors      A call gives back TOK_OK or another tok_status. Many also fill a tok_error, which says
       *             where and what; pass NULL if you do not want it. Nothing else crosses: a handle that
       *             was freed, a NULL, a length beyond the address space is an error, and no data ends
       *             the process.
       * Threads     Tokenizers, batches, encodings and errors never change and may be shared. Contexts,
       *             encoders and decoders are of one thread at a time: a second one gets TOK_E_BUSY.
       *             No handle may be freed while a call with it is going on. All works in a forked child.
       * Text        is UTF-8 with a length, and needs no NUL behind it. Lengths and places are in bytes.
       */
      #ifndef TOK_H
      #define TOK_H

      #include <stdbool.h>
      #include <stddef.h>
      #include <stdint.h>

      #define TOK_VERSION_MAJOR \(parts[0])
      #define TOK_VERSION_MINOR \(parts[1])
      #define TOK_VERSION_PATCH \(parts[2])
      /** The version of this header, to be compared with tok_version(). */
      #define TOK_VERSION \\
        (TOK_VERSION_MAJOR * 10000 + TOK_VERSION_MINOR * 100 + TOK_VERSION_PATCH)

      #if defined(_WIN32)
      #define TOK_API __declspec(dllimport)
      #elif defined(__GNUC__)
      #define TOK_API __attribute__((visibility("default")))
      #else
      #define TOK_API
      #endif

      #ifdef __cplusplus
      extern "C" {
      #endif


      """
  }

  private static let end = """
    #ifdef __cplusplus
    }
    #endif

    #endif

    """
}
