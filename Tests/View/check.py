"""Opens pages of `tok view` in a headless chromium and looks at what is seen, heard and done.

    python3 Tests/View/check.py .build/debug/tok [folder for screenshots]

Exit status 0 when all holds; 0 with a message when there is no chromium.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import browser as browsers  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOSTILE = (
    b"</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">\n"
    b"<!--<script> --> ]]> &lt; &amp; &#0; <style>*{display:none}</style> \"'` </style></title>\n"
    b"</textarea></div></i></b></section><base href=//x><meta http-equiv=refresh content=0>\n"
    b"NUL:\x00 ESC:\x1b[31m DEL:\x7f CR:\r CRLF:\r\nbad:\xff\xfe\xc3 half:\xed\xa0\x80 cut:\xf0\x9f\x98\n"
    b"LS:\xe2\x80\xa8PS:\xe2\x80\xa9 RLO:\xe2\x80\xaeevil\xe2\x80\xac RLI:\xe2\x81\xa7x\xe2\x81\xa9\n"
    b"BOM:\xef\xbb\xbf ZWSP:\xe2\x80\x8b tag:\xf3\xa0\x81\x81 U+FFFE:\xef\xbf\xbe ${x} {{x}} \\u003c\n")
SHAPED = (
    "السلام عليكم، كيف حالك؟ والاستقلالية (123) والتكنولوجيا\nשלום עולם, מה שלומך?\n"
    "می‌خواهم کتاب‌ها\né à̧̈ Z̸̨̛͎͓͠a̷͙͗l̶͔͝ क्षि தமிழ் 각 한국어\n")
failures = []
checks = 0


def check(holds, what):
    global checks
    checks += 1
    if not holds:
        failures.append(what)
        print(f"failed: {what}")


class Workshop:
    def __init__(self, tok, folder):
        self.tok = tok
        self.folder = pathlib.Path(folder)

    def page(self, name, text, *arguments):
        source = self.folder / f"{name}.txt"
        source.write_bytes(text)
        page = self.folder / f"{name}.html"
        environment = {**os.environ, "TOK_VOCABULARIES": str(ROOT / "vocabularies")}
        subprocess.run([self.tok, "view", *arguments, "-o", page, source], check=True,
                       env=environment)
        return str(page)


def shown(text):
    """The characters that a page must hold for these bytes: all that have a look."""
    kept = re.sub(rb"\xf3\xa0[\x80\x81][\x80-\xbf]", b"", text).decode("utf-8", "ignore")
    return re.sub("[\0-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff]", "", kept)


def rgb(text):
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


def contrast(one, two):
    def luminance(color):
        parts = [part / 255 for part in color]
        parts = [part / 12.92 if part <= .04045 else ((part + .055) / 1.055) ** 2.4
                 for part in parts]
        return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2]
    low, high = sorted((luminance(one), luminance(two)))
    return (high + .05) / (low + .05)


def rect(page, selector, column=0):
    return page.do(
        f"(() => {{ const r = document.querySelectorAll({selector!r})[{column}]"
        ".getBoundingClientRect(); return {x: r.x, y: r.y, width: r.width, height: r.height} })()")


def quiet(page, what):
    """Nothing was asked of a network, nothing was refused and nothing went wrong."""
    urls = [event["params"]["request"]["url"] for event in page.events
            if event.get("method") == "Network.requestWillBeSent"]
    check(all(url.startswith(("file://", "data:")) for url in urls)
          and sum(url.startswith("file://") for url in urls) == 1, f"{what}: asked for {urls}")
    wrong = [event for event in page.events
             if event.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown")]
    check(not wrong, f"{what}: the browser complained {wrong}")


def escapes(page, workshop):
    """Hostile text is shown, and is nothing but text."""
    path = workshop.page("hostile", HOSTILE, "-v", "o200k_base", "-v", "bert-base-uncased",
                         "--title", "</title><script>document.title='taken'</script>&amp;")
    page.open(path)
    quiet(page, "hostile")
    check("taken'" in page.do("document.title") and page.do("document.title") != "taken",
          "hostile: the title is text")
    for column in (0, 1):
        text = page.do(f"[...document.querySelectorAll('.row')].map(row => "
                       f"row.children[{column}].textContent).join('')")
        check(text == shown(HOSTILE), f"hostile: column {column} has the text, and no more")
    check(page.do("document.scripts.length") == 2, "hostile: the page has its own scripts only")
    kinds = page.do("[...new Set([...document.querySelectorAll('.text *')].map(e => e.tagName))]"
                    ".sort().join()")
    check(kinds == "B,DIV,I", f"hostile: within the text are {kinds}")
    labels = page.do("[...document.querySelectorAll('.row > :first-child [data-c]')]"
                     ".map(e => e.dataset.c).join()")
    check(labels == "NUL,ESC,DEL,CR,CR,FF,FE,C3,ED,A0,80,F0,9F,98,LS,PS,RLO,PDF,RLI,PDI,BOM,ZWSP,"
          "tag A", f"hostile: the labels are {labels}")
    page.open(path, script=False)
    page.send("Emulation.setScriptExecutionDisabled", value=False)
    text = page.do("document.querySelector('.row > div').textContent")
    check(shown(HOSTILE).startswith(text) and text, "hostile: the text is there without the script")


def looks(page, workshop, screenshots):
    """The colours are seen where the tokens are, in both themes, with and without the script."""
    path = workshop.page(
        "looks", "Tokens in turn: \u6771\u4eac \u2603 \u4e28\n".encode() + b"\xff\n", "-v",
        "bert-base-uncased", "-v", "gpt2")
    for name, dark, script, chosen in [
            ("light", False, True, None), ("dark", True, True, None),
            ("plain", False, False, None), ("light-by-choice", True, True, "light"),
            ("dark-by-choice", False, True, "dark")]:
        page.open(path, width=1000, height=700, dark=dark, script=script)
        page.send("Emulation.setScriptExecutionDisabled", value=False)
        if chosen:
            page.do(f"document.getElementById('{chosen}').click()")
        image = page.screenshot(screenshots and f"{screenshots}/{name}.png")
        paper = rgb(page.do("getComputedStyle(document.body).backgroundColor"))
        is_dark = (dark or chosen == "dark") and chosen != "light"
        check((sum(paper) < 150) == is_dark, f"{name}: the paper is {paper}")
        counts = image.counts()
        check(max(counts, key=counts.get) == paper, f"{name}: most of the page is paper")
        spans = page.do(
            "[...document.querySelectorAll('.row i')].map(i => { const s = getComputedStyle(i), "
            "r = i.getClientRects()[0]; return [i.className, s.backgroundColor, s.color, r.x, r.y, "
            "r.width, r.height] })")
        grounds = set()
        for classes, ground, ink, x, y, width, height in spans:
            color = rgb(ground)
            grounds.add(color)
            # A place in the corner, where no letter is.
            seen = image.rows[round(y + 3)][round(x + min(3, width / 2))]
            check(seen == color, f"{name}: {classes or 'token'} at {x, y} is {seen}, not {color}")
            check(contrast(color, rgb(ink)) >= 4.5, f"{name}: contrast of {ink} on {ground}")
        check(len(grounds) == 7, f"{name}: five grounds, special and unknown, not {len(grounds)}")
        for selector in ("small", "th", "kbd", ".legend", "legend", "h1", "label"):
            ink = rgb(page.do(f"getComputedStyle(document.querySelector('{selector}')).color"))
            check(contrast(paper, ink) >= 4.5, f"{name}: contrast of {selector}")
        neighbors = [(a[1], b[1]) for a, b in zip(spans, spans[1:])
                     if not a[0] and not b[0] and a[4] == b[4]]
        check(all(a != b for a, b in neighbors), f"{name}: neighbours differ")
    counts = page.do("[...document.querySelectorAll('.counts tbody tr')].map(r => r.innerText)")
    check(re.match(r"bert-base-uncased WordPiece\s+(\d+)\s.*\s5\s+3$", counts[0].replace("\n", " "))
          is not None, f"looks: special and unknown are counted: {counts[0]!r}")


def shapes(page, workshop):
    """Letters join and marks sit across the borders of tokens as they do in text without them."""
    path = workshop.page("shapes", SHAPED.encode(), "-v", "o200k_base", "-v", "gpt2",
                         "-v", "bert-base-uncased", "--no-template")
    page.open(path, width=1500)
    check(page.do("getComputedStyle(document.querySelector('.row > div')).unicodeBidi")
          == "plaintext", "shapes: each line has its own direction")
    for rule in ("i, i.u, i.s { background: none !important; padding: 0 !important; "
                 "color: inherit !important; text-decoration: none !important; "
                 "font-weight: 400 !important }",
                 "i.m::after, b::before { visibility: hidden !important }",
                 ".row { color: black !important; background: white }"):
        page.do(f"document.styleSheets[0].insertRule({rule!r})")
    for column in range(3):
        clip = rect(page, ".row > div", column)
        spans = page.screenshot(clip=clip)
        differences = []
        for joiner in ("", "\u200c"):
            # The same text without spans; and as it would be if the letters did not join.
            page.do(
                "(() => { const cell = document.querySelectorAll('.row > div')[%d];"
                "cell.replaceChildren(...cell.textContent.split(/(?<=\\n)/).flatMap(line => {"
                "const end = document.createElement('b'); end.className = 'n';"
                "return [line.trimEnd().replace(/(?<=[\\u0620-\\u06ff])(?=[\\u0620-\\u06ff])/g, %r),"
                " end, '\\n'] })) })()" % (column, joiner))
            plain = page.screenshot(clip=clip)
            differences.append(sum(
                abs(a[0] - b[0]) > 96 for one, two in zip(spans.rows, plain.rows)
                for a, b in zip(one, two)))
        ink = sum(pixel[0] < 128 for row in spans.rows for pixel in row)
        check(ink > 1000 and differences[0] * 50 < ink,
              f"shapes: column {column} differs in {differences[0]} of {ink} pixels")
        check(differences[1] * 10 > ink, f"shapes: column {column} would differ if letters were torn")


def behaves(page, workshop):
    """Pointer and keys say what a token is."""
    text = "Hello, wörld! \U0001F469\u200D\U0001F680\nsecond line of text\n"
    path = workshop.page("behaves", text.encode(), "-v", "o200k_base", "-v", "bert-base-uncased")
    page.open(path)
    quiet(page, "behaves")
    check(page.do("document.getElementById('details').hidden"), "behaves: nothing is chosen first")
    box = rect(page, ".row i")
    page.point(box["x"] + 5, box["y"] + box["height"] / 2)
    page.do("new Promise(requestAnimationFrame)")
    panel = page.do("document.getElementById('rows').innerText")
    check(re.search(r"o200k_base\s+1\s+Hello\s+13225\s+48 65 6C 6C 6F\s+0–5\s+text", panel)
          is not None, f"behaves: the pointer shows {panel!r}")
    check(re.search(r"bert-base-uncased\s+2\s+hello\s+7592\s+68 65 6C 6C 6F\s+0–5\s+text", panel)
          is not None, f"behaves: and what the other vocabulary has there: {panel!r}")
    check(page.do("document.querySelectorAll('.row i.on').length") == 2, "behaves: both are marked")
    check(page.do("document.getElementById('status').textContent") == "",
          "behaves: the pointer is not announced")
    page.point(1, 1)
    page.key("Escape")
    check(page.do("document.getElementById('details').hidden"), "behaves: Escape chooses nothing")

    def status():
        return page.do("document.getElementById('status').textContent")
    page.do("document.querySelector('.text').focus()")
    check(page.do("getComputedStyle(document.querySelector('.text')).outlineStyle") == "solid",
          "behaves: focus is seen")
    page.key("ArrowRight")
    check(status().startswith("Hello, token 1 of ") and "id 13225" in status(), f"keys: {status()!r}")
    page.key("ArrowRight")
    check(status().startswith(",, token 2 of "), f"keys: right gives {status()!r}")
    page.key("ArrowLeft")
    check(status().startswith("Hello, token 1 "), f"keys: left gives {status()!r}")
    page.key("ArrowDown")
    check(status().startswith("second, token "), f"keys: down gives {status()!r}")
    page.key("ArrowUp")
    check(status().startswith("Hello, token 1 "), f"keys: up gives {status()!r}")
    page.key("v")
    check(status().startswith("hello, token 2 "), f"keys: v gives {status()!r}")
    page.key("Home")
    check(status().startswith("[CLS], token 1 ") and status().endswith("special, stands for no text"),
          f"keys: Home gives {status()!r}")
    page.key("End")
    check(status().startswith("[SEP], token "), f"keys: End gives {status()!r}")
    page.do("(n => { n.focus(); n.value = 3; n.dispatchEvent(new Event('input')) })"
            "(document.getElementById('number'))")
    check(status().startswith(",, token 3 of "), f"keys: the number gives {status()!r}")
    emoji = page.do("[...document.querySelectorAll('.row > :first-child i.m')]"
                    ".map(i => [i.textContent, i.dataset.n])")
    check(len(emoji) == 1 and emoji[0][0].strip() == "\U0001F469\u200D\U0001F680"
          and int(emoji[0][1]) > 1, f"behaves: an emoji of many tokens is shown once: {emoji}")
    tree = page.send("Accessibility.getFullAXTree")["nodes"]
    named = {(node["role"]["value"], node.get("name", {}).get("value", ""))
             for node in tree if "role" in node and not node.get("ignored")}
    for role, name in [("group", "behaves.txt"), ("radio", "Dark"), ("table", "Counts"),
                       ("checkbox", "Show spaces"), ("heading", "behaves.txt"),
                       ("columnheader", "Tokens"), ("rowheader", "o200k_base byte-level BPE"),
                       ("status", "")]:
        check(any(role == found and name in text for found, text in named),
              f"tree: {role} {name!r}")
    group = next((node for node in tree if node.get("role", {}).get("value") == "group"
                  and "behaves.txt" in node.get("name", {}).get("value", "")), {})
    check("In a text" in group.get("description", {}).get("value", ""), "tree: the keys are told")


def fits(page, workshop):
    """Nothing sticks out of a narrow window; spaces become visible without changing."""
    long = ("unbroken" * 60 + "\n" + "words in a line " * 40).encode()
    path = workshop.page("fits", long, "-v", "o200k_base", "-v", "gpt2", "-v", "bert-base-uncased")
    for width in (360, 700, 1200):
        page.open(path, width=width)
        check(page.do("document.documentElement.scrollWidth <= innerWidth"), f"fits: {width} wide")
    clip = rect(page, ".row")
    before = page.do("document.querySelector('.row').textContent")
    one = page.screenshot(clip=clip)
    page.do("document.getElementById('spaces').click()")
    page.do("document.fonts.ready.then(() => 1)")
    two = page.screenshot(clip=clip)
    check(one.rows != two.rows, "fits: spaces are seen")
    check(page.do("document.querySelector('.row').textContent") == before, "fits: spaces stay spaces")


def main():
    program = browsers.find()
    if not program:
        print("tok: no chromium: the tests of the page in a browser were skipped")
        return 0
    screenshots = sys.argv[2] if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as folder, browsers.Browser(program) as page:
        workshop = Workshop(sys.argv[1], folder)
        escapes(page, workshop)
        looks(page, workshop, screenshots)
        shapes(page, workshop)
        behaves(page, workshop)
        fits(page, workshop)
    print(f"tok: {checks} checks of the page in {program}, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
