/// Memory of the caller's, after its arguments were looked at.
enum Memory {
  /// - Throws: `argument` for NULL with a length, and for a length beyond the address space.
  static func read(
    _ start: UnsafeRawPointer?, _ length: Int, _ name: StaticString
  ) throws(CallError) -> UnsafeBufferPointer<UInt8> {
    guard length >= 0 else { throw .argument(name, "has a length beyond the address space") }
    guard let start = unsafe start else {
      guard length == 0 else { throw .argument(name, "is NULL and has a length") }
      return unsafe UnsafeBufferPointer(start: nil, count: 0)
    }
    guard UInt(bitPattern: start) <= UInt(Int.max) - UInt(length) else {
      throw .argument(name, "has a length beyond the address space")
    }
    return unsafe UnsafeBufferPointer(
      start: start.assumingMemoryBound(to: UInt8.self), count: length)
  }

  /// Elements to be read.
  static func read<Element>(
    _ start: UnsafePointer<Element>?, count: Int, _ name: StaticString
  ) throws(CallError) -> UnsafeBufferPointer<Element> {
    try unsafe check(UnsafeRawPointer(start), count, of: Element.self, name)
    return unsafe UnsafeBufferPointer(start: start, count: count)
  }

  /// Room for elements.
  static func room<Element>(
    _ start: UnsafeMutablePointer<Element>?, _ capacity: Int, _ name: StaticString
  ) throws(CallError) -> UnsafeMutableBufferPointer<Element> {
    try unsafe check(UnsafeRawPointer(start), capacity, of: Element.self, name)
    return unsafe UnsafeMutableBufferPointer(start: start, count: capacity)
  }

  private static func check<Element>(
    _ start: UnsafeRawPointer?, _ count: Int, of: Element.Type, _ name: StaticString
  ) throws(CallError) {
    let (size, overflows) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard count >= 0, !overflows, UInt(bitPattern: start) <= UInt(Int.max) - UInt(size) else {
      throw .argument(name, "has a count beyond the address space")
    }
    guard unsafe start != nil || count == 0 else {
      throw .argument(name, "is NULL and has a count")
    }
    guard UInt(bitPattern: start) % UInt(MemoryLayout<Element>.alignment) == 0 else {
      throw .argument(name, "is not aligned")
    }
  }

  /// A place for one value.
  ///
  /// - Throws: `argument` for NULL.
  static func place<Element>(
    _ pointer: UnsafeMutablePointer<Element>?, _ name: StaticString
  ) throws(CallError) -> UnsafeMutablePointer<Element> {
    guard let pointer = unsafe pointer else { throw .argument(name, "is NULL") }
    guard UInt(bitPattern: pointer) % UInt(MemoryLayout<Element>.alignment) == 0 else {
      throw .argument(name, "is not aligned")
    }
    return unsafe pointer
  }

  /// A text that ends with a NUL; nil for NULL.
  ///
  /// - Throws: `invalidUTF8`.
  static func text(
    _ start: UnsafePointer<CChar>?, _ name: StaticString
  ) throws(CallError) -> String? {
    guard let start = unsafe start else { return nil }
    guard let text = unsafe String(validatingCString: start) else {
      throw CallError(.invalidUTF8, "\(name) is not UTF-8")
    }
    return text
  }

  /// Options that begin with their size; nil for NULL.
  ///
  /// A caller that was built with an older header has fewer of them: the rest is as in `zeros`. One
  /// with a newer header may not have set what this version does not know.
  static func options<Options: BitwiseCopyable>(
    _ pointer: UnsafePointer<Options>?, _ zeros: Options
  ) throws(CallError) -> Options? {
    guard let pointer = unsafe pointer else { return nil }
    let raw = unsafe UnsafeRawPointer(pointer)
    guard UInt(bitPattern: raw) % UInt(MemoryLayout<Options>.alignment) == 0 else {
      throw .argument("options", "is not aligned")
    }
    let size = unsafe raw.load(as: Int.self)
    guard size >= MemoryLayout<Int>.size, size <= 1 << 16 else {
      throw .argument("options.size", "is not the size of the options")
    }
    var known = zeros
    let knownSize = MemoryLayout<Options>.size
    unsafe withUnsafeMutableBytes(of: &known) { bytes in
      unsafe bytes.copyMemory(
        from: UnsafeRawBufferPointer(start: raw, count: min(size, knownSize)))
    }
    for offset in knownSize..<max(size, knownSize)
    where unsafe raw.load(fromByteOffset: offset, as: UInt8.self) != 0 {
      throw CallError(
        .unsupported, "options of a newer version are set", place: "options", offset: offset)
    }
    return known
  }
}
