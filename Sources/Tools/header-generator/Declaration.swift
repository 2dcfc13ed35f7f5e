/// What one declaration of Swift becomes in C.
struct Declaration {
  enum Kind {
    case handle
    case enumeration([Case])
    /// A type of functions that the caller gives us.
    case callback(Signature)
    case function(Signature)
  }

  struct Case {
    var name: String
    var value: String
    var documentation: [String]
  }

  struct Signature {
    var result: String
    var parameters: [(type: String, name: String)]
  }

  var name: String
  var kind: Kind
  var documentation: [String]
}
