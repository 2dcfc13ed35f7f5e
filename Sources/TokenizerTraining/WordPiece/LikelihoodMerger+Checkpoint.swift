extension LikelihoodMerger {
  /// - Throws: `unwritable`.
  func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try words.write(to: &writer)
    try symbols.write(to: &writer)
    try pairs.write(to: &writer)
    try indices.write(to: &writer)
    try places.write(to: &writer)
    try writer.append(UInt64(freePlace))
  }

  /// Takes what was written, in the place of what there is; the queue follows from it.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    try words.restore(from: &reader)
    try symbols.restore(from: &reader)
    try pairs.restore(from: &reader)
    try indices.restore(from: &reader)
    try places.restore(from: &reader)
    freePlace = UInt32(try reader.count(upTo: Int(Self.none)))
    queue = LikelihoodQueue()
    for index in 0..<pairs.count where pairs[index].count > 0 { requeue(UInt32(index)) }
  }
}
