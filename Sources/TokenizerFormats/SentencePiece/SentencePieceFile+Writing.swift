import Tokenization

extension SentencePieceFile {
  /// The file, its fields in the order of their numbers. Those that decide about no id, as how the
  /// trainer was called, are left out.
  func write() -> [UInt8] {
    var file = ProtobufWriter()
    for place in 0..<texts.count {
      var token = ProtobufWriter()
      token.write(1, texts[place])
      token.write(2, scores[place])
      if types[place] != .normal { token.write(3, Int(types[place].rawValue)) }
      file.write(1, token.bytes)
    }
    file.write(2, trainer.write(count: texts.count))
    file.write(3, normalizer.write())
    if let denormalizer { file.write(5, denormalizer.write()) }
    return file.bytes
  }
}

extension SentencePieceFile.Trainer {
  fileprivate func write(count: Int) -> [UInt8] {
    var message = ProtobufWriter()
    message.write(3, Int(modelType.rawValue))
    message.write(4, count)
    message.write(24, treatsWhitespaceAsSuffix)
    message.write(35, hasByteFallback)
    message.write(40, Int(unknownID))
    message.write(41, Int(beginningID))
    message.write(42, Int(endID))
    message.write(43, Int(paddingID))
    message.write(44, unknownSurface)
    message.write(45, unknownText)
    message.write(46, beginningText)
    message.write(47, endText)
    message.write(48, paddingText)
    return message.bytes
  }
}

extension SentencePieceFile.Normalizer {
  fileprivate func write() -> [UInt8] {
    var message = ProtobufWriter()
    message.write(1, name.utf8)
    message.write(2, precompiledCharsMap)
    message.write(3, addsDummyPrefix)
    message.write(4, removesExtraWhitespaces)
    message.write(5, escapesWhitespaces)
    return message.bytes
  }
}
