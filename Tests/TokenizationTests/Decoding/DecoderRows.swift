import Tokenization

/// What huggingface's tokenizers 0.23.3 gives for lists of tokens: `decoders.X(…).decode(tokens)`.
enum DecoderRows {
  static let all: [(decoder: TokenDecoder, rows: [([String], String)])] =
    [
      (
        .byteLevel(addsPrefixSpace: true, trimsRanges: true, splits: true),
        [
          ([], ""),
          (["Ġa", "ĠĊ"], " a \n"),
          (["Ã", "©"], "é"),
          (["Ã", "a"], "�a"),
          (["Ġ中", "Ġ"], "Ġ中 "),
          (["é", "Ċ中", "ä¸", "Ń"], "�Ċ中中"),
          (["ð", "Ł", "a"], "�a"),
        ]
      ),
      (
        .byteFallback,
        [
          ([], ""),
          (["<0xE4>", "<0xB8>", "<0xAD>"], "中"),
          (["<0xE4>", "<0xB8>"], "��"),
          (["<0xE4>", "<0xB8>", "<0xAD>", "<0xFF>"], "����"),
          (["<0xE4>", "<0xB8>", "<0xAD>", "a", "<0xE4>"], "中a�"),
          (
            ["<0x41>", "<0x+A>", "<0x-0>", "<0x++>", "<0xé>", "<0x4>", "<0x041>", "<0X41>"],
            "A\n<0x-0><0x++><0xé><0x4><0x041><0X41>"
          ),
          (["<0xff>", "", "<0xc3>", "<0xA9>"], "�é"),
        ]
      ),
      (
        .fuse,
        [
          ([], ""),
          (["a", "", "b"], "ab"),
        ]
      ),
      (
        .metaspace(replacement: "▁", scheme: .always, splits: true),
        [
          ([], ""),
          (["▁a▁", "▁b", "▁"], "a b "),
          (["", "▁a"], " a"),
        ]
      ),
      (
        .metaspace(replacement: "▁", scheme: .first, splits: true),
        [
          (["▁a▁", "▁b"], "a b")
        ]
      ),
      (
        .metaspace(replacement: "▁", scheme: .never, splits: true),
        [
          (["▁a▁", "▁b"], " a  b")
        ]
      ),
      (
        .wordPiece(prefix: "##", cleansUp: true),
        [
          ([], ""),
          (["##a", "##b", "c", "##"], "##ab c"),
          (["a", ".", "##.", "?", "##!", ","], "a..?!,"),
          (["do", "not", " do not"], "do not  don't"),
          (["can", "n't", "'", "x ' y"], "cann't ' x'y"),
          (["I", "'m", "##'s", "'ve", "'re", " ' ", " ' m"], "I'm's've're ''m"),
        ]
      ),
      (
        .wordPiece(prefix: "##", cleansUp: false),
        [
          (["a", ".", "##b", "#", "###"], "a .b ##")
        ]
      ),
      (
        .wordPiece(prefix: "", cleansUp: true),
        [
          (["a", "b", "."], "ab.")
        ]
      ),
      (
        .bpe(suffix: "</w>"),
        [
          ([], ""),
          (["a</w>"], "a"),
          (["a</w>", "b</w>", "c"], "a b c"),
          (["a</w>b</w>", "</w>", "</w>"], "a b  "),
          (["a", "b</w", ">", "c"], "ab</w>c"),
          (["a</w>", ""], "a "),
        ]
      ),
      (
        .bpe(suffix: ""),
        [
          (["ab", "c"], " a b c"),
          (["", ""], " "),
        ]
      ),
      (
        .ctc(pad: "<pad>", wordDelimiter: "|", cleansUp: true),
        [
          ([], ""),
          (["<pad>", "a", "a", "<pad>", "a", "|", "|", "b"], "aa b"),
          (["x<pad>y", " .", "|.", "|'s", "n", "'", "t"], "xy. . 'sn't"),
          (["<pad>", "<pad>"], ""),
        ]
      ),
      (
        .ctc(pad: "<pad>", wordDelimiter: "|", cleansUp: false),
        [
          (["a", "a", "|", " ."], "a| .")
        ]
      ),
      (
        .ctc(pad: "", wordDelimiter: "", cleansUp: true),
        [
          (["ab", "ab", "c"], " a b  c ")
        ]
      ),
      (
        .strip(content: " ", start: 1, stop: 0),
        [
          (["  a ", " ", "", "b"], " a b")
        ]
      ),
      (
        .strip(content: "▁", start: 2, stop: 1),
        [
          (["▁▁▁a▁▁", "▁a", "a▁"], "▁a▁aa")
        ]
      ),
      (
        .strip(content: "a", start: 0, stop: 2),
        [
          (["baaa", "aab", "aaa"], "baaaba")
        ]
      ),
      (
        .replace(.string("▁"), content: " "),
        [
          (["▁a▁▁", "─▁"], " a  ─ ")
        ]
      ),
      (
        .replace(.string("aba"), content: "-"),
        [
          (["ababa", "ab", "abaaba", "aab"], "-baab--aab")
        ]
      ),
      (
        .replace(.string(""), content: "-"),
        [
          (["", "ab", "é"], "-a-b--é-")
        ]
      ),
      (
        .replace(.string("a.+"), content: ""),
        [
          (["a.+b", "aab"], "baab")
        ]
      ),
      (
        .sequence([]),
        [
          ([], ""),
          (["▁a", "b"], "▁ab"),
        ]
      ),
      (
        .sequence([
          .replace(.string("▁"), content: " "), .byteFallback, .fuse,
          .strip(content: " ", start: 1, stop: 0),
        ]),
        [
          ([], ""),
          (["▁Hello", "▁wor", "ld"], "Hello world"),
          (["▁▁a"], " a"),
          (["<s>", "▁a", "<0xE4>", "<0xB8>", "<0xAD>", "▁b"], "<s> a中 b"),
          (["<0xE4>", "▁"], "� "),
          (["<0x20>", "<0x20>", "a"], " a"),
        ]
      ),
      (
        .sequence([
          .byteFallback, .byteLevel(addsPrefixSpace: true, trimsRanges: true, splits: true),
        ]),
        [
          (["Ã", "<0xC2>", "<0xA9>"], "é")
        ]
      ),
      (
        .sequence([
          .byteLevel(addsPrefixSpace: true, trimsRanges: true, splits: true),
          .wordPiece(prefix: "##", cleansUp: true),
        ]),
        [
          (["Ġa", "Ġ", ".", "Ã"], " a.�")
        ]
      ),
      (
        .sequence([
          .fuse, .wordPiece(prefix: "a", cleansUp: true), .replace(.string("b"), content: "c"),
        ]),
        [
          (["a", "b", " ", "."], "ac.")
        ]
      ),
      (
        .sequence([
          .wordPiece(prefix: "##", cleansUp: false), .fuse,
          .ctc(pad: "a", wordDelimiter: "|", cleansUp: true),
        ]),
        [
          (["b", "##a|", "##.", "'s"], "b .'s")
        ]
      ),
      (
        .sequence([.bpe(suffix: "a"), .fuse, .bpe(suffix: "b"), .byteFallback]),
        [
          (["xa", "yb"], "x y"),
          (["<0x4a", "1>"], "<0x4 1>"),
        ]
      ),
      (
        .sequence([.ctc(pad: "p", wordDelimiter: "|", cleansUp: true), .bpe(suffix: "</w>")]),
        [
          (["a</w>", "p", "p", "b</w>", "p"], "a b")
        ]
      ),
    ]
}
