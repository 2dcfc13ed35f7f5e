import TokShards
import TokenizerTraining

/// The texts of a compressed file, for training.
///
/// When all were given the next call begins anew, since some trainers read their texts twice.
final class CompressedTexts: @unchecked Sendable {
  // SAFETY: training never calls for texts from two threads at once.
  private var reader: DocumentReader
  private var batch = DocumentBatch()
  private var next = 0
  private let path: String
  private let separator: DocumentReader.Separator

  /// - Parameter separator: what ends a document; of lines as many as there are at once are one text.
  private init(_ path: String, _ separator: DocumentReader.Separator) {
    self.path = path
    self.separator = separator
    reader = DocumentReader(files: [path], separator: separator)
  }

  /// nil for a file that is not compressed.
  static func content(
    _ path: String, _ separator: DocumentReader.Separator
  ) -> TrainingSource.Content? {
    guard path != "-", DocumentReader.isCompressed(path) else { return nil }
    let texts = CompressedTexts(path, separator)
    return .texts { try texts.append(to: &$0) }
  }

  private func append(to bytes: inout [UInt8]) throws -> Bool {
    if next == batch.ranges.count {
      guard let read = try reader.next() else {
        reader = DocumentReader(files: [path], separator: separator)
        return false
      }
      (batch, next) = (read, 0)
    }
    if case .byte = separator {
      bytes += batch.bytes
      next = batch.ranges.count
    } else {
      bytes += batch.bytes[batch.ranges[next]]
      next += 1
    }
    return true
  }
}
