/// Puts the declarations together as a header of C.
struct Header {
  private(set) var text: String

  /// - Parameters:
  ///   - own: what is written in C.
  ///   - sections: the declarations of each file, with a title.
  init(
    _ version: Version, own: TypesHeader,
    sections: [(title: String, declarations: [Declaration])], types: TypeNames
  ) throws(GeneratorError) {
    text = Self.beginning(version)
    let all = sections.flatMap(\.declarations)
    title("Types")
    for declaration in all {
      guard case .handle = declaration.kind else { continue }
      comment(declaration.documentation)
      text += "typedef struct \(declaration.name) \(declaration.name);\n\n"
    }
    text += own.text + "\n\n"
    for declaration in all {
      guard case .enumeration(let cases) = declaration.kind else { continue }
      comment(declaration.documentation)
      append(declaration.name, cases)
    }
    for section in sections {
      var hasTitle = false
      for declaration in section.declarations {
        guard case .function(let signature) = declaration.kind else { continue }
        if !hasTitle { title(section.title) }
        hasTitle = true
        comment(try documentation(of: declaration, signature, types))
        append("TOK_API \(signature.result.spaced)\(declaration.name)(", signature.parameters)
      }
    }
    text += Self.end
  }

  private mutating func title(_ title: String) {
    let line = "/* ---- \(title) "
    text += line + String(repeating: "-", count: max(96 - line.count, 4)) + " */\n\n"
  }

  private mutating func comment(_ lines: [String], indent: String = "") {
    if lines.count == 1, let line = lines.first, indent.count + line.count <= 93 {
      text += "\(indent)/** \(line) */\n"
      return
    }
    guard !lines.isEmpty else { return }
    text += indent + "/**\n"
    for line in lines { text += indent + (line.isEmpty ? " *" : " * " + line) + "\n" }
    text += indent + " */\n"
  }

  private mutating func append(_ name: String, _ cases: [Declaration.Case]) {
    // subtle: an enumeration's size is the compiler's affair, a number's is not.
    text += "typedef int32_t \(name);\nenum {\n"
    for (index, element) in cases.enumerated() {
      comment(element.documentation, indent: "  ")
      text += "  \(element.name) = \(element.value)\(index == cases.count - 1 ? "" : ",")\n"
    }
    text += "};\n\n"
  }

  /// Appends a declaration from its parenthesis on, in lines of at most 98 characters.
  private mutating func append(_ beginning: String, _ parameters: [(type: String, name: String)]) {
    var line = beginning
    let indent = String(repeating: " ", count: line.count > 56 ? 40 : line.count)
    for (index, parameter) in parameters.enumerated() {
      let part = parameter.type.spaced + parameter.name + (index == parameters.count - 1 ? "" : ",")
      if index == 0 {
        line += part
      } else if line.count + 1 + part.count > 98 {
        text += line + "\n"
        line = indent + part
      } else {
        line += " " + part
      }
    }
    text += line + (parameters.isEmpty ? "void" : "") + ");\n\n"
  }

  private static func beginning(_ version: Version) -> String {
    """
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
     * Ownership   What a call gives back through a place for a handle (a tok_x **) is the caller's, and
     *             is freed with the function tok_x_free() of its kind. What is shown by a pointer to
     *             constants stays until the object that it belongs to is freed. All other memory is
     *             the caller's: nothing is kept of it when a call is over, unless its function says so.
     * Errors      A call gives back TOK_OK or another tok_status. Many also fill a tok_error, which says
     *             where and what; pass NULL if you do not want it. Nothing else crosses: a handle that
     *             was freed, a NULL, a length beyond the address space is an error, and no data ends
     *             the process.
     * Threads     Objects that never change, as tokenizers, may be shared. The others, as contexts and
     *             encoders, are of one thread at a time: a second one gets TOK_E_BUSY. No handle may be
     *             freed while a call with it is going on. All works in a forked child.
     * Text        is UTF-8 with a length, and needs no NUL behind it. Lengths and places are in bytes.
     * Options     are structs that begin with their size, so that later versions can have more of them:
     *             `tok_encode_options options = {.size = sizeof options};` leaves the rest 0, the
     *             default.
     * Versions    Each function says since which version there is one. What compiled programs rely on
     *             stays as it is while the major version stays, or, before 1.0, the minor one.
     */
    #ifndef TOK_H
    #define TOK_H

    #include <stdbool.h>
    #include <stddef.h>
    #include <stdint.h>

    #define TOK_VERSION_MAJOR \(version.major)
    #define TOK_VERSION_MINOR \(version.minor)
    #define TOK_VERSION_PATCH \(version.patch)
    /** The version of this header, to be compared with tok_version(). */
    #define TOK_VERSION \\
      (TOK_VERSION_MAJOR * 10000 + TOK_VERSION_MINOR * 100 + TOK_VERSION_PATCH)

    #if defined(__GNUC__)
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

extension String {
  /// A type of C, so that a name can stand behind it.
  fileprivate var spaced: String { last == "*" ? self : self + " " }
}
