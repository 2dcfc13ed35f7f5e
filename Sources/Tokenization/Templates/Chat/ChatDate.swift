#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A date and a time of day as a clock on the wall has them, for `strftime_now`.
public struct ChatDate: Hashable, Sendable {
  public var year: Int
  /// 1 to 12.
  public var month: Int
  /// From 1.
  public var day: Int
  /// 0 to 23.
  public var hour: Int
  public var minute: Int
  public var second: Int
  public var microsecond = 0

  /// Values are taken as they are; a 30 February is the caller's.
  public init(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0,
    microsecond: Int = 0
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.microsecond = microsecond
  }

  /// Reads `2024-07-26`, or `2024-07-26T12:30:00`, with any signs between the numbers; nil for what is no
  /// date.
  public init?(_ text: String) {
    let numbers = text.split { !("0"..."9" ~= $0) }.map { Int($0) }
    guard 3...6 ~= numbers.count, !numbers.contains(nil) else { return nil }
    let parts = numbers.compactMap { $0 } + [0, 0, 0]
    guard 1...9999 ~= parts[0], 1...12 ~= parts[1], 1...31 ~= parts[2], 0...23 ~= parts[3],
      0...59 ~= parts[4], 0...60 ~= parts[5]
    else { return nil }
    self.init(
      year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4],
      second: parts[5])
  }

  /// Now, where this machine stands.
  public static func now() -> ChatDate {
    var clock = timespec()
    // SAFETY: both calls write to the values they are given, and keep nothing.
    _ = unsafe clock_gettime(CLOCK_REALTIME, &clock)
    var parts = unsafe tm()
    _ = unsafe localtime_r(&clock.tv_sec, &parts)
    return unsafe ChatDate(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday),
      hour: Int(parts.tm_hour), minute: Int(parts.tm_min), second: Int(parts.tm_sec),
      microsecond: clock.tv_nsec / 1000)
  }

  /// Days since 1 January 1970, counted by the Gregorian rule at all times.
  fileprivate var dayNumber: Int {
    // Years begin in March, so that the day that comes and goes is the last one.
    let (months, _) = (month &- 1).quotientAndFloorRemainder(12)
    let monthInYear = month - months * 12
    let shifted = year + months - (monthInYear <= 2 ? 1 : 0)
    let (era, yearInEra) = shifted.quotientAndFloorRemainder(400)
    let dayInYear = (153 * ((monthInYear + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearInEra * 365 + yearInEra / 4 - yearInEra / 100 + dayInYear - 719_468
  }

  /// 0 for Sunday.
  fileprivate var weekday: Int { (dayNumber + 4).quotientAndFloorRemainder(7).remainder }

  /// 1 for 1 January.
  fileprivate var dayOfYear: Int {
    dayNumber - ChatDate(year: year, month: 1, day: 1).dayNumber + 1
  }

  /// The year and the number of the week by ISO 8601: weeks begin on Monday, and the first one has
  /// the year's first Thursday.
  fileprivate var week: (year: Int, number: Int) {
    let weekdayFromMonday = (weekday + 6) % 7
    let thursday = dayNumber - weekdayFromMonday + 3
    for candidate in [year + 1, year, year - 1] {
      let first = ChatDate(year: candidate, month: 1, day: 1).dayNumber
      if thursday >= first { return (candidate, (thursday - first) / 7 + 1) }
    }
    return (year, 1)
  }
}

extension Int {
  fileprivate func quotientAndFloorRemainder(_ divisor: Int) -> (quotient: Int, remainder: Int) {
    let remainder = ((self % divisor) + divisor) % divisor
    return ((self - remainder) / divisor, remainder)
  }
}

// MARK: Formatting

extension ChatDate {
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let days = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]

  /// The date as `strftime` of Python has it in the C locale, with glibc's flags `-`, `_`, `0`, `^`
  /// and `#`; what is no directive stays. There is no time zone: `%z` and `%Z` are empty.
  func formatted(_ format: JinjaText) throws(ChatTemplateError) -> JinjaText {
    var result = JinjaText()
    let bytes = format.bytes
    var offset = 0
    while offset < bytes.count {
      guard bytes[offset] == UInt8(ascii: "%") else {
        result.append(format, offset..<(offset + 1))
        offset += 1
        continue
      }
      let start = offset
      offset += 1
      var directive = DateDirective()
      while offset < bytes.count, directive.takeFlag(bytes[offset]) { offset += 1 }
      while offset < bytes.count, (0x30...0x39).contains(bytes[offset]) {
        directive.width = min(directive.width ?? 0, 100) * 10 + Int(bytes[offset]) - 0x30
        offset += 1
      }
      if offset < bytes.count, let text = text(of: bytes[offset], directive) {
        offset += 1
        result.append(text, origin: format.origin(at: start))
      } else {
        result.append(format, start..<offset)
      }
    }
    return result
  }

  /// What a directive stands for; nil if there is none of that letter.
  private func text(of letter: UInt8, _ directive: DateDirective) -> String? {
    func number(_ value: Int, _ width: Int, _ fill: Character = "0") -> String {
      directive.number(value, width, fill)
    }
    func name(_ name: String) -> String { directive.name(name) }
    func part(_ format: String) -> String {
      (try? formatted(JinjaText(format)))?.string ?? ""
    }
    let month = Self.months.indices.contains(month - 1) ? Self.months[self.month - 1] : "?"
    let hour12 = (hour + 11) % 12 + 1
    switch Unicode.Scalar(letter) {
    case "a": return name(String(Self.days[weekday].prefix(3)))
    case "A": return name(Self.days[weekday])
    case "b", "h": return name(String(month.prefix(3)))
    case "B": return name(month)
    case "c": return name(part("%a %b %e %H:%M:%S %Y"))
    case "C": return number(year / 100, 2)
    case "d": return number(day, 2)
    case "D", "x": return name(part("%m/%d/%y"))
    case "e": return number(day, 2, " ")
    case "f": return number(microsecond, 6)
    case "F": return name(part("%Y-%m-%d"))
    case "g": return number(week.year % 100, 2)
    case "G": return number(week.year, 1)
    case "H": return number(hour, 2)
    case "I": return number(hour12, 2)
    case "j": return number(dayOfYear, 3)
    case "k": return number(hour, 2, " ")
    case "l": return number(hour12, 2, " ")
    case "m": return number(self.month, 2)
    case "M": return number(minute, 2)
    case "n": return "\n"
    case "p": return directive.name(hour < 12 ? "AM" : "PM", changed: hour < 12 ? "am" : "pm")
    case "P": return name(hour < 12 ? "am" : "pm")
    case "r": return name(part("%I:%M:%S %p"))
    case "R": return name(part("%H:%M"))
    case "s": return number(((dayNumber * 24 + hour) * 60 + minute) * 60 + second, 1)
    case "S": return number(second, 2)
    case "t": return "\t"
    case "T", "X": return name(part("%H:%M:%S"))
    case "u": return number(weekday == 0 ? 7 : weekday, 1)
    case "U": return number((dayOfYear + 6 - weekday) / 7, 2)
    case "V": return number(week.number, 2)
    case "w": return number(weekday, 1)
    case "W": return number((dayOfYear + 6 - (weekday + 6) % 7) / 7, 2)
    case "y": return number(year % 100, 2)
    case "Y": return number(year, 1)
    case "z", "Z": return ""
    case "%": return "%"
    default: return nil
    }
  }
}

/// The flags and the width of a directive.
private struct DateDirective {
  var width: Int?
  private var flag: UInt8 = 0
  private var isUpper = false
  private var changesCase = false

  mutating func takeFlag(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "0"): flag = byte
    case UInt8(ascii: "^"): isUpper = true
    case UInt8(ascii: "#"): changesCase = true
    default: return false
    }
    return true
  }

  func number(_ value: Int, _ width: Int, _ fill: Character) -> String {
    if flag == UInt8(ascii: "-") { return "\(value)" }
    let fill = flag == UInt8(ascii: "_") ? " " : flag == UInt8(ascii: "0") ? "0" : fill
    return padded("\(value)", self.width ?? width, fill)
  }

  /// `changed` is what the flag `#` makes of it, upper case if nothing else.
  func name(_ name: String, changed: String? = nil) -> String {
    let text = changesCase ? changed ?? name.uppercased() : isUpper ? name.uppercased() : name
    return padded(text, width ?? 0, flag == UInt8(ascii: "0") ? "0" : " ")
  }

  private func padded(_ text: String, _ width: Int, _ fill: Character) -> String {
    String(repeating: fill, count: max(width - text.utf8.count, 0)) + text
  }
}
