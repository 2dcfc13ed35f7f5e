import TestSupport
import Testing

@Suite(.enabled(if: TokProcess.isBuilt, "tok is not built"))
struct ViewTests {
  @Test func `writes one page for several files and vocabularies`() throws {
    try Workshop.open { workshop in
      try workshop.write("in the", to: "a.txt")
      try workshop.write("he <s>\n", to: "b.txt")
      let result = try workshop.tok(
        "view", ["-v", "o200k_base", "--special", "parse", "-o", "page.html", "a.txt", "b.txt"])
      #expect(result.status == 0)
      #expect(result.error == "")
      #expect(result.output == [])
      let page = String(decoding: try workshop.read("page.html"), as: UTF8.self)
      #expect(page.hasPrefix("<!DOCTYPE html>"))
      #expect(page.contains("<title>a.txt, b.txt – tok</title>"))
      // Template and special tokens are marked; both vocabularies have their column of both texts.
      #expect(page.contains(#"<i class="s e" data-t="&lt;s&gt;"></i><i>in</i><i> the</i>"#))
      #expect(page.contains(#"<i class="s">&lt;s&gt;</i>"#))
      #expect(page.split(separator: "<div dir=\"auto\"").count == 5)
      #expect(try workshop.names().contains("page.html"))
    }
  }

  @Test func `names documents, and the page when told to`() throws {
    try Workshop.open { workshop in
      let result = try workshop.tok("view", ["--lines", "--title", "Two & two"], input: "he\nin\n")
      #expect(result.text.contains("<title>Two &amp; two – tok</title>"))
      #expect(result.text.contains("<bdi>standard input: document 2</bdi>"))
    }
  }

  @Test func `refuses what it cannot read`() throws {
    try Workshop.open { workshop in
      let missing = try workshop.tok("view", ["-o", "page.html", "none.txt"])
      #expect(missing.status == 1)
      #expect(missing.error.hasPrefix("tok: none.txt: "))
      let unknown = try workshop.tok("view", ["-v", "none", "-o", "page.html"])
      #expect(unknown.status == 2)
      #expect(unknown.error.contains("no vocabulary `none`"))
      #expect(try !workshop.names().contains("page.html"))
    }
  }

  @Test func `inspect draws the pipeline and the vocabulary`() throws {
    try Workshop.open { workshop in
      let text = try workshop.tok("inspect").text
      for part in [
        " ├─ normalizer      NFC", " ├─ decoder ", "tokens by bytes", "tokens by script", "Latin",
        "bytes with a token: 256 of 256", "every token can come from text",
      ] {
        #expect(text.contains(part), "\(part)")
      }
      let json = try workshop.tok("inspect", ["--json"]).text
      #expect(json.contains(#""unreachable":[]"#))
      #expect(json.contains(#""bytes":256"#))
    }
  }
}
