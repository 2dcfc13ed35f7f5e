/// A normalisation form of the Unicode standard (annex 15).
public enum NormalizationForm: String, Hashable, Sendable, CaseIterable {
  case nfc = "NFC"
  case nfd = "NFD"
  case nfkc = "NFKC"
  case nfkd = "NFKD"
}
