/// The colours that tokens have in turn, on the page and in a terminal.
///
/// Those of a light ground are colours that every terminal of 256 has, so that both show the same. A
/// token's neighbours differ, and five in turn seldom line up from one line to the next. Text on any
/// of them has a contrast of 10 to 1 or more, where the guidelines for accessible pages ask 4.5.
enum Palette {
  struct Ground {
    /// The number among a terminal's 256 colours.
    var terminal: Int
    /// The same as red, green and blue.
    var light: String
    /// What stands for it on a dark page.
    var dark: String
  }

  static let grounds = [
    Ground(terminal: 153, light: "#afd7ff", dark: "#1d4468"),
    Ground(terminal: 193, light: "#d7ffaf", dark: "#2f4d1c"),
    Ground(terminal: 223, light: "#ffd7af", dark: "#5d3d17"),
    Ground(terminal: 225, light: "#ffd7ff", dark: "#58305c"),
    Ground(terminal: 159, light: "#afffff", dark: "#12504f"),
  ]

  /// The ground of unknown tokens in a terminal.
  static let unknownInTerminal = 217
  /// The same on the page.
  static let unknown = (light: "#ffafaf", dark: "#7a2320")
}
