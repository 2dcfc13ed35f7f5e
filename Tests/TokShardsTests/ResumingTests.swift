import TestSupport
import Testing
import Tokenization

@testable import TokShards

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Runs that end at any point, and are gone on with.
struct ResumingTests {
  private static let variants: [(format: ShardFormat, pack: Packing?, seed: UInt64?)] = {
    var whole = Packing(length: 4, rest: .padded(1))
    whole.keepsDocumentsWhole = true
    return [
      (.llmC, nil, nil), (.bin, nil, nil), (.npy, Packing(length: 3, rest: .padded(1)), nil),
      (.bin, Packing(length: 3, rest: .dropped), nil), (.megatron, nil, nil),
      (.megatron, whole, nil), (.npy, whole, nil), (.bin, nil, 9), (.megatron, nil, 9),
    ]
  }()

  private func options(_ index: Int) -> ShardOptions {
    let variant = Self.variants[index]
    var options = ShardWorkshop.options(variant.format, size: 9)
    options.packing = variant.pack
    options.shuffleSeed = variant.seed
    return options
  }

  private let text: String = {
    var text = ""
    for number in 0..<14 {
      text += String("abcdef".prefix(number * 5 % 7)) + "\n"
    }
    return text
  }()

  /// Writes the first `count` documents, notes that, writes some more, and ends as if it were killed.
  private func leave(
    _ workshop: ShardWorkshop, _ run: ShardRun, after count: Int, noted: Bool,
    notes: Bool = true, ends: Bool = false
  ) throws {
    let folder = ShardFolder(path: run.folder)
    try SystemCalls.makeFolder(run.folder)
    let status = try #require(SystemCalls.status(run.inputs[0]))
    let input = InputIdentity(
      name: run.inputs[0], status: status, beginning: SHA256Digest.digest(of: Array(text.utf8)))
    let identity = RunIdentity(run.options, run.tokenizer, vocabulary: "bytes", inputs: [input])
    try folder.replace(Journal.fileName, with: Journal(run: identity).write())
    let recorder = try ShardRecorder(
      folder, run.options, idCount: run.tokenizer.idCount, badFile: nil, interval: 1e9,
      from: Journal(run: identity))
    var reader = DocumentReader(files: run.inputs, separator: run.options.separator)
    let batch = try #require(try reader.next())
    let encoded = try run.tokenizer.encode(documents: batch.ranges, in: batch.bytes.span)
    for range in [0..<count, count..<min(count + 5, batch.ranges.count)] {
      var part = EncodedDocuments(batch: batch, encoded: EncodedBatch())
      part.batch.ranges = Array(batch.ranges[range])
      part.batch.starts = Array(batch.starts[range])
      part.batch.numbers = Array(batch.numbers[range])
      part.batch.next =
        range.upperBound < batch.ranges.count
        ? batch.position(of: range.upperBound) : batch.next
      for index in range {
        part.encoded.ids += encoded[index]
        part.encoded.ends.append(part.encoded.ids.count)
      }
      let journal = "\(run.folder)/\(Journal.fileName)"
      if range.lowerBound > 0, !notes {
        // The files can be written, and the journal cannot: as if it had been killed between them.
        try SystemCalls.rename(journal, to: "\(journal).old")
        try SystemCalls.makeFolder(journal)
        try? recorder.add(part)
        _ = unsafe rmdir(journal)
        try SystemCalls.rename("\(journal).old", to: journal)
      } else {
        try recorder.add(part)
      }
      if noted, range.lowerBound == 0 { try recorder.checkpoint() }
    }
    guard ends else { return }
    if let store = recorder.store {
      try recorder.beginWriting()
      let starts = try store.starts()
      for place in DocumentOrder.drawn(count: 14, seed: 9) {
        try recorder.addStored(store.read(starts[Int(place)]..<starts[Int(place) + 1])[...])
      }
    }
    // The manifest cannot be written where a folder has its name.
    let manifest = "\(run.folder)/\(ShardManifest.fileName)"
    try SystemCalls.makeFolder(manifest)
    #expect(throws: ShardError.self) { try recorder.finish() }
    _ = unsafe rmdir(manifest)
  }

  @Test(arguments: variants.indices)
  func `gives the same bytes wherever it was left`(variant: Int) throws {
    try ShardWorkshop.open { workshop in
      try workshop.write(text)
      let options = options(variant)
      _ = try workshop.run(options, to: "whole").write()
      let whole = try workshop.files("whole")
      for count in 0...14 {
        for (noted, notes) in [(false, true), (true, true), (true, false)] {
          let run = try workshop.run(options, to: "left")
          try leave(workshop, run, after: count, noted: noted, notes: notes)
          var again = run
          again.threads = 2
          _ = try again.write()
          #expect(
            try workshop.files("left") == whole, "\(count) documents, noted: \(noted), \(notes)")
          for name in try SystemCalls.names(in: run.folder) {
            SystemCalls.remove("\(run.folder)/\(name)")
          }
        }
      }
    }
  }

  @Test(arguments: variants.indices)
  func `gives the same bytes where it ended before the manifest`(variant: Int) throws {
    try ShardWorkshop.open { workshop in
      try workshop.write(text)
      let options = options(variant)
      _ = try workshop.run(options, to: "whole").write()
      let run = try workshop.run(options, to: "left")
      try leave(workshop, run, after: 14, noted: false, ends: true)
      _ = try run.write()
      #expect(try workshop.files("left") == workshop.files("whole"))
    }
  }

  @Test func `goes on while shuffled documents are written`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write(text)
      let options = options(7)
      var run = try workshop.run(options, to: "whole")
      _ = try run.write()
      let whole = try workshop.files("whole")
      for count in 0...14 {
        run = try workshop.run(options, to: "left")
        try leave(workshop, run, after: 14, noted: true)
        let folder = ShardFolder(path: run.folder)
        let journal = try #require(try folder.journal())
        let recorder = try ShardRecorder(
          folder, options, idCount: 301, badFile: nil, interval: 1e9, from: journal)
        try recorder.beginWriting()
        let store = try #require(recorder.store)
        let starts = try store.starts()
        for place in DocumentOrder.drawn(count: 14, seed: 9).prefix(count) {
          try recorder.addStored(store.read(starts[Int(place)]..<starts[Int(place) + 1])[...])
        }
        if count % 2 == 0 { try recorder.checkpoint() }
        _ = try run.write()
        #expect(try workshop.files("left") == whole)
        for name in try SystemCalls.names(in: run.folder) {
          SystemCalls.remove("\(run.folder)/\(name)")
        }
      }
    }
  }

  @Test func `does nothing where all is done`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write(text)
      let run = try workshop.run(ShardWorkshop.options(.bin))
      let manifest = try run.write()
      let files = try workshop.files()
      #expect(try run.write() == manifest)
      #expect(try workshop.files() == files)
    }
  }

  @Test func `gives whole shards their names and removes what belongs to nothing`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write(text)
      let run = try workshop.run(ShardWorkshop.options(.bin))
      _ = try run.write()
      let whole = try workshop.files()
      // As if it had been killed behind the journal, before the names.
      let manifest = try #require(try ShardFolder(path: run.folder).manifest())
      var journal = Journal(run: manifest.run)
      (journal.shards, journal.documents) = (manifest.shards, manifest.documents)
      journal.textBytes = manifest.textBytes
      journal.position.input = 1
      let path = run.folder
      try Files.write(journal.write(), to: path + "/journal.json")
      SystemCalls.remove(path + "/manifest.json")
      for number in [2, 3] {
        let file = "\(path)/tokens_00000\(number).bin"
        try SystemCalls.rename(file, to: file + ".part")
      }
      try Files.write([1], to: path + "/tokens_000099.bin.part")
      try Files.write([1], to: path + "/journal.json.77.part")
      _ = try run.write()
      #expect(try workshop.files() == whole)
    }
  }

  @Test func `says what is not as it was`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write(text)
      let options = ShardWorkshop.options(.bin)
      var run = try workshop.run(options)
      _ = try run.write()
      func expectChange(_ run: ShardRun, _ words: String) {
        #expect { try run.write() } throws: { error in
          let error = error as? ShardError
          return error?.reason == .changed && error?.message.contains(words) == true
        }
      }
      run.options.shardSize = 5
      expectChange(run, "`options.shard-size`: 4 there, 5 now")
      expectChange(try workshop.run(options, special: 301), "`vocabulary.ids`: 301 there, 302 now")
      expectChange(
        try workshop.run(options, inputs: ["input", "input"]), "`inputs`: 1 there, 2 now")
      try workshop.write(text + "x")
      run = try workshop.run(options)
      expectChange(run, "`inputs.1.bytes`")
      run.restarts = true
      _ = try run.write()
      #expect(try ShardVerification(run.folder).state == .whole)
      // Shards that nobody knows are not written over.
      SystemCalls.remove(run.folder + "/manifest.json")
      run.restarts = false
      expectChange(run, "`tokens_000000.bin`")
    }
  }

  @Test func `keeps a second process out`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write(text)
      let run = try workshop.run(ShardWorkshop.options(.bin))
      try SystemCalls.makeFolder(run.folder)
      do {
        let lock = try FolderLock(run.folder)
        #expect { try run.write() } throws: { ($0 as? ShardError)?.reason == .locked }
        withExtendedLifetime(lock) {}
      }
      _ = try run.write()
    }
  }

  @Test func `tells a damaged journal or file`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write(text)
      let run = try workshop.run(ShardWorkshop.options(.bin))
      try leave(workshop, run, after: 5, noted: true)
      let journal = try workshop.read("shards/journal.json")
      let part = try #require(try workshop.files().keys.first { $0.hasSuffix(".bin.part") })
      try Files.write([1], to: "\(run.folder)/\(part)")
      #expect { try run.write() } throws: { ($0 as? ShardError)?.reason == .damaged }
      for count in stride(from: 0, to: journal.count - 1, by: 7) {
        try Files.write(Array(journal[..<count]), to: run.folder + "/journal.json")
        #expect { try run.write() } throws: { ($0 as? ShardError)?.reason == .damaged }
      }
    }
  }
}
