/// What one declaration of Swift becomes in C.
struct Declaration {
  enum Kind {
    case handle
    case enumeration([Case])
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
