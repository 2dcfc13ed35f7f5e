"""A headless chromium, driven through the Chrome DevTools protocol over pipes: the standard library is
enough. And the pixels of its screenshots."""
import json
import os
import shutil
import struct
import subprocess
import tempfile
import zlib


def find():
    """The path of a chromium, or None. TOK_CHROMIUM names one that is elsewhere."""
    names = [os.environ.get("TOK_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"]
    return next((found for name in names if name and (found := shutil.which(name))), None)


class Browser:
    """One page in one browser. `with Browser(path) as browser:`"""

    def __init__(self, program):
        self.folder = tempfile.mkdtemp(prefix="tok-view-")
        # The browser reads commands from descriptor 3 and writes answers to 4.
        read_end, self.commands = os.pipe()
        self.answers, write_end = os.pipe()
        # Above the numbers that the child's own ends take.
        low, high = (os.dup(os.dup(os.dup(end))) for end in (read_end, write_end))

        def child():
            os.dup2(low, 3)
            os.dup2(high, 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--hide-scrollbars", "--force-device-scale-factor=1", "--disable-background-networking",
             "--remote-debugging-pipe", f"--user-data-dir={self.folder}", "about:blank"],
            preexec_fn=child, close_fds=False, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        for end in (read_end, write_end):
            os.close(end)
        self.buffer = b""
        self.number = 0
        self.events = []
        self.session = None
        targets = self.send("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        self.session = self.send(
            "Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(domain + ".enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _read(self):
        while b"\0" not in self.buffer:
            part = os.read(self.answers, 1 << 20)
            if not part:
                raise RuntimeError("the browser has gone")
            self.buffer += part
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def send(self, method, **parameters):
        """Does one command and returns its result."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.commands, data):]
        while True:
            answer = self._read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, path, width=1200, height=900, dark=False, script=True):
        """Loads a file and waits until it is there."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=False)
        self.send("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.send("Emulation.setScriptExecutionDisabled", value=not script)
        self.events.clear()
        self.send("Page.navigate", url="file://" + os.path.abspath(path))
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._read())

    def do(self, script):
        """The value of an expression of JavaScript."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True,
                           awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")

    def key(self, key):
        """Presses and releases a key."""
        text = {"text": key} if len(key) == 1 else {}
        self.send("Input.dispatchKeyEvent", type="keyDown", key=key, **text)
        self.send("Input.dispatchKeyEvent", type="keyUp", key=key)

    def point(self, x, y):
        """Moves the pointer."""
        self.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def screenshot(self, path=None, clip=None):
        """What is seen, as an Image; also written to `path`."""
        parameters = {"clip": {**clip, "scale": 1}} if clip else {}
        import base64
        data = base64.b64decode(self.send("Page.captureScreenshot", format="png", **parameters)["data"])
        if path:
            with open(path, "wb") as file:
                file.write(data)
        return Image(data)


class Image:
    """The pixels of a PNG of eight bits for each of three or four channels."""

    def __init__(self, png):
        place, packed = 8, b""
        while place < len(png):
            length, kind = struct.unpack(">I4s", png[place:place + 8])
            body = png[place + 8:place + 8 + length]
            if kind == b"IHDR":
                self.width, self.height, depth, color = struct.unpack(">IIBB", body[:10])
                assert depth == 8 and color in (2, 6), (depth, color)
                size = 4 if color == 6 else 3
            if kind == b"IDAT":
                packed += body
            place += 12 + length
        data = zlib.decompress(packed)
        stride = self.width * size
        previous = bytearray(stride)
        self.rows = []
        for y in range(self.height):
            kind = data[y * (stride + 1)]
            line = bytearray(data[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
            for x in range(stride):
                left = line[x - size] if x >= size else 0
                above = previous[x]
                corner = previous[x - size] if x >= size else 0
                if kind == 1:
                    line[x] = (line[x] + left) & 255
                elif kind == 2:
                    line[x] = (line[x] + above) & 255
                elif kind == 3:
                    line[x] = (line[x] + (left + above) // 2) & 255
                elif kind == 4:
                    guess = left + above - corner
                    distances = abs(guess - left), abs(guess - above), abs(guess - corner)
                    best = (left, above, corner)[distances.index(min(distances))]
                    line[x] = (line[x] + best) & 255
            previous = line
            self.rows.append([tuple(line[x:x + 3]) for x in range(0, stride, size)])

    def counts(self):
        """How many pixels have each colour."""
        counts = {}
        for row in self.rows:
            for color in row:
                counts[color] = counts.get(color, 0) + 1
        return counts
