/// The parts of the page that are the same for every text.
enum PageFrame {
  /// Chosen without a script: the style asks which are checked.
  static let settings = """
    <form aria-label="Settings">
    <fieldset><legend>Theme</legend>
    <label><input type="radio" name="theme" id="auto" checked> Auto</label>
    <label><input type="radio" name="theme" id="light"> Light</label>
    <label><input type="radio" name="theme" id="dark"> Dark</label>
    </fieldset>
    <label class="switch"><input type="checkbox" id="spaces"> Show spaces</label>
    </form>

    """

  static let countsHead = """
    <div class="wide">
    <table class="counts">
    <caption>Counts</caption>
    <thead><tr><th scope="col">Vocabulary</th><th scope="col">Tokens</th>\
    <th scope="col">Bytes per token</th><th scope="col">Characters per token</th>\
    <th scope="col">Different tokens</th><th scope="col">Special</th><th scope="col">Unknown</th>\
    </tr></thead>
    <tbody>

    """

  /// What the colours and signs mean, and which keys there are.
  static let legend = """
    <p class="legend"><span class="t0"><i>to</i><i>ken</i><i>s</i><i> in</i><i> turn</i></span> \
    <span class="t0"><i class="s">special</i></span> \
    <span class="t0"><i class="u">unknown</i></span> \
    <span class="t0"><i class="m" data-n="3">字</i></span> one character, three tokens \
    <span class="t0"><i><b data-c="ESC"></b></i></span> not seen or not UTF-8 \
    <span class="t0"><i class="e" data-t="added"></i></span> stands for no text</p>
    <p class="legend" id="keys">In a text: <kbd>←</kbd> <kbd>→</kbd> token, <kbd>↑</kbd> <kbd>↓</kbd> \
    line, <kbd>Home</kbd> <kbd>End</kbd> first and last, <kbd>V</kbd> next vocabulary, \
    <kbd>Esc</kbd> nothing chosen.</p>

    """

  /// What the script fills.
  static let details = """
    <aside id="details" aria-label="Token" hidden>
    <label>Token <input type="number" id="number" min="1" value="1"> of <output id="total"></output>\
    </label>
    <table><thead><tr><th scope="col">Vocabulary</th><th scope="col">Number</th>\
    <th scope="col">Token</th><th scope="col">Id</th><th scope="col">Bytes of the token</th>\
    <th scope="col">Range in the text</th><th scope="col">Kind</th></tr></thead>\
    <tbody id="rows"></tbody></table>
    </aside>
    <p id="status" role="status" aria-live="polite"></p>

    """
}
