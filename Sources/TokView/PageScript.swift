/// The page's script: says what the token under the pointer is, and moves among tokens by key.
///
/// It writes text into the page as text only, never as markup.
enum PageScript {
  static let text = #"""

    "use strict";
    const data = JSON.parse(document.getElementById("data").textContent);
    const [details, rows, number, total, status] =
      ["details", "rows", "number", "total", "status"].map((id) => document.getElementById(id));
    const longestList = 16;
    let current = null;
    let marked = [];

    // Where tokens begin and end, and the first token of each span: made when a column is first asked.
    function tablesOf(column) {
      if (column.starts) return column;
      const { ids, skips, lengths, counts } = column;
      column.starts = new Int32Array(ids.length);
      column.ends = new Int32Array(ids.length);
      let end = 0;
      for (let i = 0; i < ids.length; i++) {
        column.starts[i] = end + (skips.length ? skips[i] : 0);
        end = column.ends[i] = column.starts[i] + lengths[i];
      }
      let more = 0;
      for (let i = 0; i < counts.length; i += 2) more += counts[i + 1] - 1;
      column.first = new Int32Array(ids.length - more + 1);
      for (let span = 0, token = 0, next = 0; span < column.first.length; span++) {
        column.first[span] = token;
        if (counts[next] === span) { token += counts[next + 1]; next += 2; } else token++;
      }
      return column;
    }

    const cellOf = (span) => span.parentElement;
    const textOf = (element) => element.closest(".text");
    const columnNumber = (cell) => [...cell.parentElement.children].indexOf(cell);
    const spansOf = (cell) => [...cell.children].filter((child) => child.tagName === "I");

    // What stands in the lists for a span: its column, and its tokens from first up to end.
    const placeOf = (span) => placeIn(cellOf(span), spansOf(cellOf(span)).indexOf(span));

    function placeIn(cell, index) {
      const vocabulary = columnNumber(cell);
      const column = tablesOf(data.documents[textOf(cell).dataset.d].columns[vocabulary]);
      const span = Number(cell.dataset.s) + index;
      return { vocabulary, column, first: column.first[span], end: column.first[span + 1] };
    }

    function bytesOf(token) {
      if (typeof token !== "string") return token[1];
      return [...new TextEncoder().encode(token)]
        .map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");
    }

    function describe({ vocabulary, column }, index) {
      const { name, special, unknown, tokens } = data.vocabularies[vocabulary];
      const id = column.ids[index];
      const token = tokens[id];
      const kinds = [];
      if (special.includes(id)) kinds.push("special");
      if (id === unknown) kinds.push("unknown");
      const [start, end] = [column.starts[index], column.ends[index]];
      if (start === end) kinds.push("stands for no text");
      return {
        name, number: index + 1, shown: typeof token === "string" ? token : token[0], id,
        bytes: bytesOf(token), range: `${start}–${end}`, kind: kinds.join(", ") || "text",
      };
    }

    // The spans of the other vocabularies that share text with this one.
    function partnersOf(span) {
      const place = placeOf(span);
      const [start, end] = rangeOf(place);
      const found = [];
      for (const cell of cellOf(span).parentElement.children) {
        if (cell === cellOf(span) || start === end) continue;
        for (const [index, other] of spansOf(cell).entries()) {
          const [from, to] = rangeOf(placeIn(cell, index));
          if (from >= end) break;
          if (to > start && from < to) found.push(other);
        }
      }
      return found;
    }

    function rangeOf({ column, first, end }) {
      let [from, to] = [column.starts[first], column.ends[first]];
      for (let i = first; i < end; i++) {
        from = Math.min(from, column.starts[i]);
        to = Math.max(to, column.ends[i]);
      }
      return [from, to];
    }

    function appendLines(span) {
      const place = placeOf(span);
      for (let i = place.first; i < place.end; i++) {
        const row = rows.insertRow();
        if (i - place.first === longestList) {
          row.insertCell().textContent = `… ${place.end - i} more`;
          return;
        }
        const token = describe(place, i);
        const shown = document.createElement("bdi");
        shown.textContent = token.shown;
        for (const text of [token.name, token.number, shown, token.id, token.bytes, token.range,
          token.kind]) row.insertCell().append(text);
      }
    }

    function show(span) {
      if (span === current) return;
      for (const other of marked) other.classList.remove("on", "at");
      current = span;
      marked = [];
      details.hidden = !span;
      if (!span) return;
      marked = [span, ...partnersOf(span)];
      for (const other of marked) other.classList.add("on");
      span.classList.add("at");
      rows.replaceChildren();
      const order = (span) => columnNumber(cellOf(span));
      for (const other of marked.toSorted((a, b) => order(a) - order(b))) appendLines(other);
      const { column, first } = placeOf(span);
      total.textContent = column.ids.length.toLocaleString("en");
      number.max = column.ids.length;
      if (document.activeElement !== number) number.value = first + 1;
    }

    // For those who came by key: seen, and said aloud.
    function choose(span) {
      if (!span) return;
      show(span);
      const panel = details.getBoundingClientRect();
      span.scrollIntoView({ block: "nearest", inline: "nearest" });
      const rect = span.getBoundingClientRect();
      if (rect.bottom > panel.top - 40) scrollBy(0, rect.bottom - panel.top + 80);
      if (rect.top < 60) scrollBy(0, rect.top - 80);
      const place = placeOf(span);
      const lines = [];
      for (let i = place.first; i < Math.min(place.end, place.first + longestList); i++) {
        const token = describe(place, i);
        lines.push(`${token.shown}, token ${token.number} of ${place.column.ids.length}, ` +
          `id ${token.id}, bytes ${token.bytes}, range ${token.range}, ${token.kind}`);
      }
      status.textContent = lines.join("; ");
    }

    const cellsOf = (text, vocabulary) =>
      [...text.children].map((row) => row.children[vocabulary]);

    // The span that has a token, by its number from 0 on.
    function spanOfToken(text, vocabulary, token) {
      const { first } = tablesOf(data.documents[text.dataset.d].columns[vocabulary]);
      let [low, high] = [0, first.length - 1];
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (first[middle] <= token) low = middle; else high = middle;
      }
      const cell = cellsOf(text, vocabulary).findLast((cell) => Number(cell.dataset.s) <= low);
      return cell && spansOf(cell)[low - Number(cell.dataset.s)];
    }

    function neighbor(span, step) {
      let other = span;
      do other = step > 0 ? other.nextElementSibling : other.previousElementSibling;
      while (other && other.tagName !== "I");
      if (other) return other;
      const vocabulary = columnNumber(cellOf(span));
      let row = cellOf(span).parentElement;
      while ((row = step > 0 ? row.nextElementSibling : row.previousElementSibling)) {
        const spans = spansOf(row.children[vocabulary]);
        if (spans.length) return step > 0 ? spans[0] : spans.at(-1);
      }
      return null;
    }

    // The span nearest to this one on the line above or below.
    function onNextLine(span, step) {
      const from = span.getClientRects()[0];
      const middle = from.left + from.width / 2;
      let [best, bestDistance, line] = [null, Infinity, null];
      for (let other = neighbor(span, step); other; other = neighbor(other, step)) {
        const rect = other.getClientRects()[0];
        if (!rect || Math.abs(rect.top - from.top) < from.height / 2) continue;
        line ??= rect;
        if (Math.abs(rect.top - line.top) > from.height / 2) break;
        const distance = Math.abs(rect.left + rect.width / 2 - middle);
        if (distance < bestDistance) [best, bestDistance] = [other, distance];
      }
      return best;
    }

    function inNextVocabulary(span) {
      const partners = partnersOf(span);
      const count = data.vocabularies.length;
      for (let step = 1; step < count; step++) {
        const wanted = (columnNumber(cellOf(span)) + step) % count;
        const found = partners.find((other) => columnNumber(cellOf(other)) === wanted);
        if (found) return found;
      }
      return null;
    }

    const firstOf = (text) => {
      const vocabulary = current && textOf(current) === text ? columnNumber(cellOf(current)) : 0;
      return spanOfToken(text, vocabulary, 0);
    };
    const lastOf = (text) => {
      const vocabulary = current && textOf(current) === text ? columnNumber(cellOf(current)) : 0;
      const { ids } = data.documents[text.dataset.d].columns[vocabulary];
      return spanOfToken(text, vocabulary, ids.length - 1);
    };

    function keyPressed(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const text = event.currentTarget;
      const span = current && textOf(current) === text ? current : null;
      const move = {
        ArrowRight: () => span ? neighbor(span, 1) : firstOf(text),
        ArrowLeft: () => span ? neighbor(span, -1) : firstOf(text),
        ArrowDown: () => span ? onNextLine(span, 1) : firstOf(text),
        ArrowUp: () => span ? onNextLine(span, -1) : firstOf(text),
        Home: () => firstOf(text), End: () => lastOf(text),
        v: () => span && inNextVocabulary(span),
      }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!move) return;
      event.preventDefault();
      choose(move());
    }

    for (const text of document.querySelectorAll(".text")) {
      text.addEventListener("keydown", keyPressed);
      text.addEventListener("pointerover", (event) => {
        const span = event.target.closest(".row i");
        if (span) show(span);
      });
      text.addEventListener("click", (event) => {
        const span = event.target.closest(".row i");
        if (span && getSelection().isCollapsed) choose(span);
      });
    }
    addEventListener("keydown", (event) => { if (event.key === "Escape") show(null); });
    number.addEventListener("input", () => {
      const token = Math.round(number.valueAsNumber) - 1;
      if (!current || !(token >= 0)) return;
      choose(spanOfToken(textOf(current), columnNumber(cellOf(current)), token));
    });

    """#
}
