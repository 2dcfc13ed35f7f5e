import Foundation
import Tok
import Tokenization
import TokenizerTraining
let a = CommandLine.arguments
let data = [UInt8](try! Data(contentsOf: URL(fileURLWithPath: a[1])))
var pairs: [(word: [UInt8], count: UInt64)] = []
var i = 0
while i < data.count {
  var n: UInt64 = 0
  for k in 0..<8 { n |= UInt64(data[i + k]) << UInt64(8 * k) }
  var l = 0
  for k in 0..<4 { l |= Int(data[i + 8 + k]) << (8 * k) }
  pairs.append((Array(data[(i + 12)..<(i + 12 + l)]), n))
  i += 12 + l
}
let counts = try! WordCounts(pairs)
pairs = []
var o = BPETrainer.Options()
var byteLevel = true
o.compatibility = .huggingface
var k = 3
while k < a.count {
  switch a[k] {
  case "-n": o.vocabularySize = Int(a[k + 1])!
  case "--special": o.specialTokens.append(a[k + 1])
  case "--min": o.minimumFrequency = UInt64(a[k + 1])!
  case "--max-length": o.maximumTokenLength = Int(a[k + 1])!
  case "--limit": o.limitAlphabet = Int(a[k + 1])!
  case "--prefix": o.continuingSubwordPrefix = a[k + 1]
  case "--suffix": o.endOfWordSuffix = a[k + 1]
  case "--rule": o.compatibility = .init(rawValue: a[k + 1])!
  case "--characters": byteLevel = false; k -= 1
  default: fatalError(a[k])
  }
  k += 2
}
let steps: [SplitStep] = [byteLevel ? .byteLevel(addsPrefixSpace: false, splits: true) : .whitespaceSplit]
let start = clock()
let t = try! BPETrainer(o, Preprocessing(splitter: Splitter(steps), isByteLevel: byteLevel)).train(on: counts, TrainingRun())
print(Double(clock() - start) / 1e6, "s", t.report)
try! Data(t.source.written(as: .tokenizerJSON).bytes).write(to: URL(fileURLWithPath: a[2]))
