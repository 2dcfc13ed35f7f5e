/// All that a file says of a tokenizer: made by the readers of `TokenizerFormats`, and what a
/// ``Tokenizer`` is built from.
package struct TokenizerDefinition: Sendable {
  package var pipeline: Pipeline
  package var model: any ModelDefinition

  package init(pipeline: Pipeline, model: any ModelDefinition) {
    self.pipeline = pipeline
    self.model = model
  }
}

/// What happens to a text before and behind the model.
public struct Pipeline: Hashable, Sendable {
  /// In the order of the file.
  public var addedTokens: [AddedToken]
  public var normalizer: Normalizer?
  public var splitter: Splitter
  public var postProcessor: PostProcessor?
  public var decoder: TokenDecoder
  public var truncation: Truncation?
  public var padding: Padding?
  public var roles: TokenRoles
  /// How likely the file would leave each merge out, whenever something is encoded. Kept, and not
  /// applied: who wants that asks for it with ``Drawing/dropout(_:)``.
  public var dropout: Double?

  public init(
    addedTokens: [AddedToken] = [], normalizer: Normalizer? = nil, splitter: Splitter,
    postProcessor: PostProcessor? = nil, decoder: TokenDecoder, truncation: Truncation? = nil,
    padding: Padding? = nil, roles: TokenRoles = TokenRoles(), dropout: Double? = nil
  ) {
    self.addedTokens = addedTokens
    self.normalizer = normalizer
    self.splitter = splitter
    self.postProcessor = postProcessor
    self.decoder = decoder
    self.truncation = truncation
    self.padding = padding
    self.roles = roles
    self.dropout = dropout
  }
}

/// The ids of tokens with a part to play, where the file names them.
public struct TokenRoles: Hashable, Sendable {
  public var beginning: TokenID?
  public var end: TokenID?
  public var padding: TokenID?
  public var unknown: TokenID?

  public init(
    beginning: TokenID? = nil, end: TokenID? = nil, padding: TokenID? = nil,
    unknown: TokenID? = nil
  ) {
    self.beginning = beginning
    self.end = end
    self.padding = padding
    self.unknown = unknown
  }
}
