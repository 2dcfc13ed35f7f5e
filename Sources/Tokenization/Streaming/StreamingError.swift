/// Why a text cannot be encoded in parts with a tokenizer.
public struct StreamingError: Error, Hashable, Sendable {
  /// Which part of the tokenizer does not allow it. New reasons may come; keep a `default` in a
  /// `switch`.
  public struct Reason: Hashable, Sendable {
    enum Kind: Hashable { case normalizer, splitter, model }
    let kind: Kind

    /// A step before the splitting may need all of the text.
    public static let normalizer = Reason(kind: .normalizer)
    /// Where a pretoken ends may depend on all of the text.
    public static let splitter = Reason(kind: .splitter)
    /// Nothing cuts the text, and the model must see the whole of it.
    public static let model = Reason(kind: .model)
  }

  public var reason: Reason
  /// The place in the file, as `normalizer.normalizers[1]`.
  public var path: String
  /// What is in the way, as a sentence without its full stop.
  public var message: String

  init(_ reason: Reason, _ message: String, path: String) {
    self.reason = reason
    self.message = message
    self.path = path
  }
}

extension StreamingError: CustomStringConvertible {
  public var description: String { "\(path): \(message)" }
}
