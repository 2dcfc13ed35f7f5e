/// A token's number in its vocabulary.
public typealias TokenID = UInt32
