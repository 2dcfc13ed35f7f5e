internal import Tokenization

/// Writes documents into shards, one behind another.
///
/// Shards are cut where they are full, in the middle of a document if need be; those of Megatron's format
/// between documents. Whole shards keep their other names until they are published.
final class ShardSet {
  private let folder: String
  private let options: ShardOptions
  private let layout: ShardFile.Layout
  /// Those that are whole.
  private(set) var shards: [ShardManifest.Shard]
  private var unpublished: [ShardManifest.Shard] = []
  private var current: ShardFile?
  private var packer: BestFitPacker?
  private var scratch: [TokenID] = []
  private(set) var droppedTokens = 0

  /// - Parameters:
  ///   - shards: what is whole already.
  ///   - extent: how much there is of the shard behind them.
  init(
    _ folder: String, _ options: ShardOptions, idCount: Int, shards: [ShardManifest.Shard],
    extent: ShardFile.Extent?
  ) throws(ShardError) {
    self.folder = folder
    self.options = options
    self.shards = shards
    layout = ShardFile.Layout(
      format: options.format, idType: options.format.idType(idCount: idCount),
      rowLength: options.packing?.length, fullSize: options.fullSize)
    if let packing = options.packing, packing.keepsDocumentsWhole {
      packer = BestFitPacker(rowLength: packing.length)
    }
    if let extent { current = try open(keeping: extent) }
  }

  /// What there is of the shard that is not whole.
  var extent: ShardFile.Extent? { current?.extent }

  /// Whether documents wait for others, to be packed with them.
  var packs: Bool { packer != nil }

  /// Whether all documents that were added are in shards.
  var isSettled: Bool { packer?.isEmpty ?? true }

  var hasUnpublished: Bool { !unpublished.isEmpty }

  private func open(keeping extent: ShardFile.Extent) throws(ShardError) -> ShardFile {
    try ShardFile(folder, stem: Self.stem(options.name, shards.count), layout, keeping: extent)
  }

  private func openCurrent() throws(ShardError) -> ShardFile {
    if let current { return current }
    let shard = try open(keeping: ShardFile.Extent())
    current = shard
    return shard
  }

  /// The name of shard `number` without what the format puts behind it.
  static func stem(_ name: String, _ number: Int) -> String {
    let digits = String(number)
    return name + "_" + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
  }

  /// Adds the ids of a document.
  func add(_ ids: ArraySlice<TokenID>) throws(ShardError) {
    scratch.removeAll(keepingCapacity: true)
    if let id = options.beginOfDocument { scratch.append(id) }
    scratch.append(contentsOf: ids)
    if let id = options.endOfDocument { scratch.append(id) }
    if packer != nil {
      packer?.add(scratch)
      if packer?.isFull == true { try writeRows() }
    } else if options.format == .megatron, options.packing == nil {
      try writeWhole()
    } else {
      try writeStream()
    }
  }

  /// Wherever the shard's or the row's end falls.
  private func writeStream() throws(ShardError) {
    var start = 0
    while start < scratch.count {
      let shard = try openCurrent()
      if start == 0 { shard.beginDocument() }
      let end = min(scratch.count, start + layout.fullSize - shard.extent.tokens)
      try append(scratch, start..<end, to: shard)
      start = end
      if let length = layout.rowLength {
        while shard.extent.sequences < shard.extent.tokens / length {
          try shard.endSequence(length: length)
        }
      }
      if shard.isFull { try finishCurrent() }
    }
  }

  /// Not cut.
  private func writeWhole() throws(ShardError) {
    guard scratch.count <= Int(Int32.max) else {
      throw ShardError(
        .limit, "a document of \(scratch.count) tokens, where Megatron's index takes \(Int32.max)")
    }
    if let extent, extent.tokens > 0, extent.tokens + scratch.count > layout.fullSize {
      try finishCurrent()
    }
    let shard = try openCurrent()
    shard.beginDocument()
    try append(scratch, 0..<scratch.count, to: shard)
    try shard.endSequence(length: scratch.count)
    if shard.isFull { try finishCurrent() }
  }

  /// The rows that the packer has made.
  private func writeRows() throws(ShardError) {
    guard let packing = options.packing, case .padded(let padding) = packing.rest else { return }
    guard var full = packer else { return }
    packer = BestFitPacker(rowLength: packing.length)
    for row in full.takeRows() {
      let shard = try openCurrent()
      for part in row.parts {
        if part.beginsDocument { shard.beginDocument() }
        try append(full.ids, part.range, to: shard)
      }
      let missing = packing.length - row.count
      try append([TokenID](repeating: padding, count: missing), 0..<missing, to: shard)
      try shard.endSequence(length: packing.length)
      if shard.isFull { try finishCurrent() }
    }
  }

  private func append(
    _ ids: [TokenID], _ range: Range<Int>, to shard: ShardFile
  ) throws(ShardError) {
    try unsafe ids.withUnsafeBufferPointer { (buffer) throws(ShardError) in
      try unsafe shard.append(UnsafeBufferPointer(rebasing: buffer[range]))
    }
  }

  private func finishCurrent() throws(ShardError) {
    guard let current else { return }
    let shard = try current.finish()
    shards.append(shard)
    unpublished.append(shard)
    self.current = nil
  }

  /// All documents were added: fills or drops the last row, and ends the last shard.
  func finish() throws(ShardError) {
    try writeRows()
    if let packing = options.packing, let current {
      let left = current.extent.tokens % packing.length
      if left > 0 {
        switch packing.rest {
        case .padded(let id):
          let missing = packing.length - left
          try append([TokenID](repeating: id, count: missing), 0..<missing, to: current)
          try current.endSequence(length: packing.length)
        case .dropped:
          try current.removeLast(left)
          droppedTokens += left
          if current.extent.tokens == 0 {
            current.remove()
            self.current = nil
          }
        }
      }
    }
    try finishCurrent()
  }

  /// All that is in shards is on the disk afterwards.
  func sync() throws(ShardError) { try current?.sync() }

  /// Gives whole shards their names. They must be known to the journal by now.
  func publish() throws(ShardError) {
    for shard in unpublished {
      for file in shard.files {
        let path = "\(folder)/\(file.name)"
        try SystemCalls.rename("\(path).part", to: path)
      }
      // subtle: not before, since a journal that knows the shard as not whole needs them.
      if shard.index != nil {
        SystemCalls.remove("\(folder)/\(shard.file.name.dropLast(4)).lengths.part")
      }
    }
    if hasUnpublished { try SystemCalls.syncFolder(folder) }
    unpublished = []
  }
}
