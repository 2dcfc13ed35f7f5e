/// The page's style: one for both themes, every colour given for either.
enum PageStyle {
  static let text = "\n\(face)\(colors)\(rules)"

  /// A font of two signs, for spaces that are to be seen: they stay spaces, so that lines break as
  /// before and what is copied is the text.
  private static let face = """
    @font-face { font-family: "tok spaces"; unicode-range: U+20, U+A0; \
    src: url(data:font/ttf;base64,\(SpacesFont.base64)); }

    """

  private static let colors: String = {
    var text = ":root { color-scheme: light dark;"
    for (index, ground) in Palette.grounds.enumerated() {
      text += " --ground\(index): light-dark(\(ground.light), \(ground.dark));"
    }
    text += " --unknown: light-dark(\(Palette.unknown.light), \(Palette.unknown.dark)); }\n"
    let count = Palette.grounds.count
    for start in 0..<count {
      for place in 0..<count {
        text += ".t\(start) i:nth-of-type(\(count)n+\(place + 1)) "
        text += "{ --ground: var(--ground\((start + place) % count)) }\n"
      }
    }
    return text
  }()

  /// subtle: the whole path. With `#dark` alone a browser looks through a million elements for it
  /// whenever one of them changes.
  private static let setting = "> body > header > form"

  private static let rules = """
    :root {
      --paper: light-dark(#fcfbf8, #16181b); --ink: light-dark(#1b1c1f, #eceae5);
      --soft: light-dark(#5a5d65, #a9adb4); --line: light-dark(#dedbd3, #363a40);
      --card: light-dark(#ffffff, #1f2226); --accent: light-dark(#0b57d0, #8ab4f8);
      --special: light-dark(#33363d, #dcd8cf); --onspecial: light-dark(#ffffff, #16181b);
      --wave: light-dark(#b3261e, #ff9d94);
    }
    :root:has(\(setting) > fieldset > label > #light:checked) { color-scheme: light; }
    :root:has(\(setting) > fieldset > label > #dark:checked) { color-scheme: dark; }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 110rem; padding: 1.5rem clamp(1rem, 3vw, 3rem) 16rem;
      background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
    header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: baseline;
      justify-content: space-between; }
    h1 { font-size: 1.5rem; font-weight: 650; letter-spacing: -.01em; margin: 0;
      overflow-wrap: anywhere; }
    h2 { font-size: 1.1rem; margin: 2.5rem 0 .75rem; overflow-wrap: anywhere; }
    small { color: var(--soft); font-size: .875em; font-weight: 400; letter-spacing: 0; }
    form, fieldset { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; }
    fieldset { border: 0; margin: 0; padding: 0; }
    legend { float: left; padding: 0; margin-right: .75rem; color: var(--soft); }
    input { accent-color: var(--accent); }
    label { white-space: nowrap; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
    .wide { overflow-x: auto; margin: 1.5rem 0; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
    .counts { width: 100%; }
    .counts caption { position: absolute; clip-path: inset(50%); }
    th, td { padding: .45rem .9rem; text-align: right; font-weight: 400; white-space: nowrap;
      border-bottom: 1px solid var(--line); }
    th:first-child { padding-left: 0; text-align: left; font-weight: 600; }
    thead th { color: var(--soft); font-size: .875rem; font-weight: 400; }
    thead th:first-child { font-weight: 400; }
    .legend { color: var(--soft); font-size: .875rem; margin: .5rem 0; line-height: 1.9; }
    .legend span { margin-left: 1rem; color: var(--ink); }
    .legend span:first-child { margin-left: 0; }
    kbd { font: .8125rem ui-monospace, monospace; color: var(--ink); padding: 0 .35em;
      border: 1px solid var(--line); border-radius: 4px; background: var(--card); }
    .heads, .row { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr);
      gap: 0 2rem; }
    .heads { position: sticky; top: 0; z-index: 1; padding: .4rem 0; background: var(--paper);
      border-bottom: 1px solid var(--line); font-weight: 600; }
    /* What lies outside of a row's box is cut off: it has room above for the marks of its first line. */
    .row { content-visibility: auto; contain-intrinsic-size: auto none auto 40rem;
      padding: .5rem 3px 0; margin: -.5rem -3px 0; }
    .row > div { padding: 0 2px; overflow-wrap: anywhere; unicode-bidi: plaintext;
      text-align: start; white-space: pre-wrap; tab-size: 4; }
    .text { margin-top: 1.1rem; border-radius: 2px; }
    .row, .legend span, #rows bdi { font-family: ui-monospace, "SF Mono", "Cascadia Code",
      "DejaVu Sans Mono", "Noto Sans Mono", monospace; font-size: .9375rem; line-height: 1.85; }
    :root:has(\(setting) > label > #spaces:checked) .row { font-family: "tok spaces", ui-monospace, "SF Mono",
      "Cascadia Code", "DejaVu Sans Mono", "Noto Sans Mono", monospace; }
    .cut > div::after { content: " ↩"; color: var(--soft); }
    i { font-style: normal; padding-block: .15em; border-radius: 3px; background: var(--ground);
      box-decoration-break: clone; -webkit-box-decoration-break: clone; }
    .row i { cursor: default; }
    i.s { background: var(--special); color: var(--onspecial); font-weight: 600;
      padding-inline: .3em; }
    i.u { background: var(--unknown); color: var(--ink); font-weight: 400;
      text-decoration: underline wavy 1.5px var(--wave); text-underline-offset: .2em; }
    i.e { margin-inline: 1px; padding-inline: .3em; unicode-bidi: isolate; }
    i.e::before { content: attr(data-t); }
    i.m { position: relative; background-image: linear-gradient(to top, var(--soft) 2px,
      transparent 2px); }
    i.m::after { content: attr(data-n); position: absolute; inset: -.65em -.15em auto auto;
      padding: 0 .2em; font: 600 .625rem/1.2 system-ui, sans-serif; color: var(--paper);
      background: var(--soft); border-radius: 3px; pointer-events: none; }
    b { font-weight: 400; unicode-bidi: isolate; }
    b[data-c]::before { content: attr(data-c); font-size: .7em; padding: 0 .25em; margin: 0 1px;
      border: 1px solid currentColor; border-radius: 3px; opacity: .8; }
    b.n::before { content: "⏎"; opacity: .65; }
    b.h { background: linear-gradient(currentColor, currentColor) center / 70% 1px no-repeat; }
    i.on { outline: 2px solid var(--accent); outline-offset: 0; }
    i.at { outline-width: 3px; }
    #details { position: fixed; inset: auto 0 0 0; z-index: 2; max-height: 15rem; overflow: auto;
      padding: .6rem clamp(1rem, 3vw, 3rem); background: var(--card);
      border-top: 1px solid var(--line); box-shadow: 0 -4px 24px rgb(0 0 0 / .12); }
    #details label { float: right; color: var(--soft); font-size: .875rem; }
    #number { width: 6.5em; font: inherit; color: var(--ink); background: var(--paper);
      border: 1px solid var(--soft); border-radius: 4px; padding: .1em .3em; }
    #details th, #details td { padding: .25rem 1.5rem .25rem 0; text-align: left; border: 0; }
    #details td { vertical-align: top; }
    #rows td:nth-child(3), #rows td:nth-child(5) { white-space: pre-wrap; overflow-wrap: anywhere; }
    #rows bdi { padding: .1em .2em; border-radius: 3px; background: var(--paper);
      border: 1px solid var(--line); }
    #status { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden;
      clip-path: inset(50%); }
    @media (max-width: 45rem) {
      .heads, .row { grid-auto-flow: row; }
      .row > div + div { border-top: 1px dashed var(--line); margin-bottom: .5rem; }
      .row > div { padding-bottom: .25rem; }
    }
    @media (forced-colors: active) {
      i { border-bottom: 2px solid; border-inline-end: 1px solid; }
      i.s { border: 2px solid; } i.on { outline-color: Highlight; }
    }
    @media print {
      body { padding: 0; } form, #details, #keys { display: none; }
      .row { content-visibility: visible; } i { print-color-adjust: exact; }
    }

    """
}
