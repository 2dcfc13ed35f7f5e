"""The texts of every golden.jsonl: written for this purpose, the same on every machine.

`all_texts()` returns them in order, each once. New texts go to the end of their group; then
run make-golden.py again and commit what it writes.
"""

# One sentence or two in each language; scripts that few vocabularies cover well included.
LANGUAGES = [
    "The quick tests passed; nobody knew why the slow ones didn't.",  # English
    "Der Zug nach München fährt heute von Gleis 7 ab, größere Verspätung möglich.",  # German
    "Où est la clé de l'armoire ? Elle était là, près du café, ce matin.",  # French
    "¿Quién dejó la ventana abierta? Mañana lloverá otra vez en Coruña.",  # Spanish
    "Amanhã não haverá pão nem maçãs; só sobraram três limões.",  # Portuguese
    "Perché la città è così silenziosa? Sarà già mezzanotte.",  # Italian
    "Morgen fietsen we langs de zeeën en eilanden van één provincie.",  # Dutch
    "På fjället blåser det ofta, så ta med en tjock tröja och gott kaffe.",  # Swedish
    "Blåbærsyltetøyet står på øverste hylle ved siden av æskene.",  # Norwegian
    "Rødgrød med fløde smager bedst på en varm aften i juli.",  # Danish
    "Þegar veðrið er gott göngum við út á bryggjuna og æfum söng.",  # Icelandic
    "Hyvää huomenta! Yöllä satoi lunta, joten älä unohda käsineitä.",  # Finnish
    "Õhtul käisime järve ääres, kus öövaikuses kõlas ainult sääsk.",  # Estonian
    "Šodien ēdām zemenes ar krējumu un gājām peldēties ezerā.",  # Latvian
    "Ąžuolas prie kelio yra senesnis už visą mūsų kaimą.",  # Lithuanian
    "Zażółć gęślą jaźń, a potem wróć do domu przed północą.",  # Polish
    "Příliš mnoho lžiček leží v kuchyni, ale žádná není čistá.",  # Czech
    "Dážď ustal a deti vybehli na dvor hľadať dúhu.",  # Slovak
    "Őszi szél fújt, és a gyümölcsös tele volt érett körtével.",  # Hungarian
    "Țăranul a vândut două găini și o pâine caldă în piață.",  # Romanian
    "Đak je učio cijelu noć, a ujutro je zaspao na času.",  # Croatian
    "Ђак је учио целу ноћ и заспао тек пред зору.",  # Serbian
    "Котката спи върху книгата, която исках да прочета.",  # Bulgarian
    "Съешь ещё немного супа, а то он совсем остынет!",  # Russian
    "Їжак приніс яблуко, але ґудзик загубив під ґанком.",  # Ukrainian
    "Ўвечары мы слухалі, як шуміць дождж за акном.",  # Belarusian
    "Η γάτα κοιμάται στο παράθυρο ενώ έξω βρέχει ασταμάτητα.",  # Greek
    "Pijamalı hasta yağız şoföre çabucak teşekkür edip İstanbul'a döndü.",  # Turkish
    "Bu gün hava çox gözəldir, gəlin dənizə gedək.",  # Azerbaijani
    "Қазір қар жауып тұр, бірақ жол әлі ашық.",  # Kazakh
    "Өнөөдөр салхитай ч гэсэн хүүхдүүд гадаа тоглож байна.",  # Mongolian
    "ქართული ანბანი ოცდაცამეტი ასოსგან შედგება.",  # Georgian
    "Այսօր մենք նոր գիրք սկսեցինք կարդալ։",  # Armenian
    "החתול ישן על הספר, ואני מחכה בסבלנות.",  # Hebrew
    "שָׁלוֹם לְכֻלָּם",  # Hebrew with points
    "ذهبتُ إلى السوقِ صباحًا واشتريتُ خبزًا وتمرًا.",  # Arabic, vowelled
    "هل يمكنك أن ترسل لي العنوان مرة أخرى؟",  # Arabic
    "کتاب‌ها را روی میز بگذار و پنجره را ببند.",  # Persian, with U+200C
    "بارش رک گئی ہے، آؤ باہر چلتے ہیں۔",  # Urdu
    "کوردی زمانێکی شیرینە و پڕە لە هۆنراوە.",  # Kurdish (Sorani)
    "मुझे कल सुबह जल्दी उठना है, इसलिए अब सो जाता हूँ।",  # Hindi
    "आज पाऊस पडत आहे, म्हणून छत्री घ्या.",  # Marathi
    "आज हामी हिमाल हेर्न बिहानै उठ्यौं।",  # Nepali
    "আজ বিকেলে নদীর ধারে হাঁটতে যাব।",  # Bengali
    "ਅੱਜ ਖੇਤਾਂ ਵਿੱਚ ਬਹੁਤ ਕੰਮ ਹੈ।",  # Punjabi
    "આજે બજારમાં તાજાં શાકભાજી મળે છે.",  # Gujarati
    "ଆଜି ସମୁଦ୍ର କୂଳରେ ଭଲ ପବନ ବହୁଛି।",  # Odia
    "இன்று மாலை கடற்கரையில் நடக்கப் போகிறோம்.",  # Tamil
    "ఈ రోజు వర్షం పడుతుంది, గొడుగు తీసుకెళ్ళు.",  # Telugu
    "ಇಂದು ನಾವು ಹೊಸ ಪುಸ್ತಕವನ್ನು ಓದುತ್ತೇವೆ.",  # Kannada
    "മഴ പെയ്തപ്പോൾ കുട്ടികൾ വള്ളം ഉണ്ടാക്കി.",  # Malayalam
    "අද උදේ අපි තේ වත්තට ගියෙමු.",  # Sinhala
    "วันนี้อากาศดีมากเราไปเดินเล่นริมแม่น้ำกันเถอะ",  # Thai
    "ມື້ນີ້ຝົນຕົກແຮງ ແຕ່ຕະຫຼາດຍັງເປີດຢູ່",  # Lao
    "ថ្ងៃនេះយើងទៅផ្សារទិញត្រី និងបន្លែ។",  # Khmer
    "ဒီနေ့ မိုးရွာနေလို့ အိမ်မှာပဲ နေမယ်။",  # Burmese
    "དེ་རིང་གནམ་གཤིས་ཡག་པོ་འདུག",  # Tibetan
    "ዛሬ ጠዋት ቡና አፍልተን ጠጣን።",  # Amharic
    "今天下午我们去公园散步,顺便买了两个包子。",  # Chinese, simplified
    "昨晚颱風過後,巷口的老榕樹倒了。",  # Chinese, traditional
    "吾輩の机の上には、猫が三匹と消しゴムが一つある。",  # Japanese
    "コーヒーとケーキをセットでお願いします!",  # Japanese, katakana
    "\uff75\uff9e\uff84 \uff8a\uff9d\uff76\uff78 \uff76\uff85 \uff66 \uff80\uff92\uff7d\uff61",  # half width
    "오늘은 비가 와서 우산을 두 개나 샀어요.",  # Korean
    "\u1112\u1161\u11ab\u1100\u1173\u11af \u110c\u1161\u1106\u1169",  # Korean, as separate jamo
    "Hôm nay trời mưa to, nhưng quán phở vẫn đông khách.",  # Vietnamese
    "Besok pagi kami akan berlayar ke pulau-pulau kecil di timur.",  # Indonesian
    "Bukas ng umaga, mag-aani tayo ng mga mangga.",  # Tagalog
    "Leo asubuhi tulikwenda sokoni kununua samaki wabichi.",  # Swahili
    "Ẹ káàárọ̀, ṣé dáadáa ni ẹ jí?",  # Yoruba
    "Ina kwana? Ƙofar ɗakin tana buɗe.",  # Hausa
    "Namhlanje siyahamba siye emfuleni siyodoba.",  # Zulu
    "Tá an ghrian ag taitneamh agus níl aon scamall sa spéir.",  # Irish
    "Mae'r glaw wedi peidio, felly beth am fynd i'r traeth?",  # Welsh
    "Gaur goizean mendira igo gara lagun guztiok.",  # Basque
    "Avui fa molt de vent i els col·legis són tancats.",  # Catalan
    "Il-qattus qiegħed jorqod fuq is-siġġu taż-żiju.",  # Maltese
    "Hodiaŭ ni manĝis freŝajn ĉerizojn en la ĝardeno.",  # Esperanto
    "Gallia non est divisa; panis autem divisus est in partes tres.",  # Latin
    "ᎣᏏᏲ, ᏙᎯᏧ?",  # Cherokee
    "ᐅᓪᓗᒥ ᓯᓚ ᓂᓪᓚᓱᒃᑐᖅ",  # Inuktitut
    "ⴰⵣⵓⵍ ⴼⵍⵍⴰⵡⵏ",  # Tamazight
    "ߒ ߓߘߊ߫ ߣߊ߫",  # N'Ko
    "𞤸𞤢𞤤𞤢 𞤆𞤵𞤤𞤢𞤪",  # Fula, Adlam: letters beyond U+FFFF
    "𐌲𐌿𐍄𐌹𐍃𐌺",  # Gothic
    "𐎠𐎼𐎹 𒀭𒈹 𓀀𓁐𓂀",  # Old Persian, cuneiform, hieroglyphs
]

# A few lines in each programming language.
CODE = [
    "def merge(pairs, *, key=None):\n    \"\"\"Lowest rank first.\"\"\"\n    return min(pairs, key=key or (lambda p: p[1]), default=None)\n",  # Python
    "func squares(upTo n: Int) -> [Int] {\n  guard n > 0 else { return [] }\n  return (1...n).map { $0 * $0 }\n}\n",  # Swift
    "#include <stdio.h>\n\nint main(void) {\n\tfor (int i = 0; i < 10; ++i)\n\t\tprintf(\"%d\\n\", i << 2);\n\treturn 0;\n}\n",  # C
    "template <typename T>\nauto sum(const std::vector<T>& v) -> T {\n  return std::accumulate(v.begin(), v.end(), T{});  // O(n)\n}\n",  # C++
    "pub fn words<'a>(s: &'a str) -> impl Iterator<Item = &'a str> + 'a {\n    s.split_whitespace().filter(|w| !w.is_empty())\n}\n",  # Rust
    "func Max[T cmp.Ordered](xs ...T) (m T, err error) {\n\tif len(xs) == 0 {\n\t\treturn m, errors.New(\"empty\")\n\t}\n\tfor _, x := range xs {\n\t\tm = max(m, x)\n\t}\n\treturn\n}\n",  # Go
    "public record Point(int x, int y) {\n    public double norm() { return Math.sqrt(1.0 * x * x + y * y); }\n}\n",  # Java
    "const once = (f) => { let r; return (...a) => (r ??= f(...a)); };\nexport default once(() => `${Date.now()}px`);\n",  # JavaScript
    "type Result<T> = { ok: true; value: T } | { ok: false; error?: string };\nconst x: Result<number[]> = { ok: true, value: [1, 2.5, -3e-7] };\n",  # TypeScript
    "SELECT u.id, COUNT(*) AS n\nFROM users u LEFT JOIN orders o ON o.user_id = u.id\nWHERE u.name LIKE '%O''Brien%' AND o.total >= 19.99\nGROUP BY u.id HAVING n > 3;\n",  # SQL
    "#!/bin/sh\nset -eu\nfor f in \"$@\"; do\n  [ -e \"$f\" ] || { echo \"$0: $f?\" >&2; exit 1; }\n  wc -c <\"$f\" | tr -d ' '\ndone\n",  # shell
    "<!DOCTYPE html>\n<p class=\"a b\" data-x='1'>Fish &amp; chips&nbsp;<br/>\n<!-- no -->\n</p>\n",  # HTML
    ".card > li:nth-child(2n+1)::before {\n  content: \"\\201C\";\n  margin: 0 -1.5rem;\n  color: #0af8;\n}\n",  # CSS
    "module Main where\n\nprimes :: [Integer]\nprimes = sieve [2 ..]\n  where sieve (p:xs) = p : sieve [x | x <- xs, x `mod` p /= 0]\n",  # Haskell
    "class Stack\n  def initialize = @items = []\n  def push(x) = tap { @items << x }\n  def empty? = @items.empty?\nend\nputs :done unless Stack.new.push(1).empty?\n",  # Ruby
    "<?php\nfunction greet(?string $who = null): string {\n    return sprintf(\"Hello, %s!\\n\", $who ?? 'world');\n}\n",  # PHP
    "fun <T> List<T>.second(): T? = if (size > 1) this[1] else null\nval x = listOf(1, 2).second()!!\n",  # Kotlin
    "local t = setmetatable({}, { __index = function(_, k) return k .. \"!\" end })\nprint(#t, t.hello, 7 // 2 ~= 3)\n",  # Lua
    "normalize <- function(x, ...) {\n  (x - mean(x, na.rm = TRUE)) / sd(x)\n}\ny <- c(1, NA, 3) |> normalize()\n",  # R
    "(defun fact (n)\n  (if (<= n 1)\n      1\n      (* n (fact (1- n)))))\n",  # Lisp
    "{\"a\": [1, -2.5e10, null, true], \"b\\u00e9\": {\"c\": \"\\\\n\"}}\n",  # JSON
    "name: build\non: [push]\njobs:\n  test:\n    steps:\n      - run: |\n          make test\n        env: {CI: 'true'}\n",  # YAML
    "\\begin{align}\n  \\int_0^\\infty e^{-x^2}\\,dx &= \\frac{\\sqrt{\\pi}}{2} \\\\\n\\end{align}\n",  # LaTeX
    "diff --git a/x b/x\n@@ -1,3 +1,4 @@\n context\n-old\n+new\n+\n",  # a patch
    "| a | b |\n|---|:-:|\n| `1` | **2** |\n\n1. one\n   - two\n     > three\n",  # Markdown
    "mov\teax, dword ptr [rbp - 0x14]\n\tlea\trdi, [rip + .L.str]\n\tcall\tprintf@PLT\n",  # assembly
    "all: $(OBJS)\n\t@$(CC) -o $@ $^ $(LDFLAGS)\n%.o: %.c\n\t$(CC) -c $<\n",  # make
    "    deep\n        deeper\n            deepest\n\treturned\n\t\ttabs\n",  # indentation alone
]

NUMBERS = [
    "0", "7", "42", "123", "1234", "12345", "123456", "1234567890", "3.14159265358979",
    "1,000,000.50 and 1.000.000,50 and 1 000 000,50", "-273.15 °C, +5 %, ±0.5, 6.022e23, 1E-9",
    "0xFF 0b1010 0o777 0XdeadBEEF 1_000_000", "2026-11-21 21/11/2026 11.21.26 Nov. 21st, 2026",
    "2026-11-21T09:30:00.250Z 23:59:59 12am 7 p.m.", "٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ ०१२३४५६७८९ ๐๑๒๓๔๕๖๗๘๙",
    "½ ¾ ⅓ ² ³ ¹⁰ ₂ Ⅳ ⅻ ① ⑳ ㉈ 〇 一二三 千万", "𝟘𝟙𝟚𝟛 𝟬𝟭 1234567890", "a1b22c333d4444e55555",
    "1st 2nd 3rd 4th 10x 5G 3D", "+49 (0)89 1234-5678 / 555-0100 ext. 12", "v1.2.3-rc.4+build.567",
    "192.168.0.1:8080 fe80::1%eth0 ::ffff:10.0.0.1", "$9.99 €1.234,56 £20 ¥500 ₹1,00,000 ₿0.001",
    "9" * 50, "1 2 3 4 5 6 7 8 9 10 11 12", "00:00:00,000 --> 00:00:01,500", "12 345 678 9 01 ",
]

ADDRESSES = [
    "https://example.com/a/b?c=d&e=%20f#g", "http://localhost:3000/", "ftp://files.example.org/x.tar.gz",
    "mailto:first.last+tag@example.co.uk", "see www.example.net/~user/index.html, or not.",
    "https://пример.example/путь?ключ=значение", "C:\\Program Files\\Tok\\tok.exe", "/usr/local/share/tok/../doc",
    "file:///tmp/%E4%B8%AD%E6%96%87.txt", "git@example.com:team/project.git", "@handle #hashtag #été2026 @日本",
    "data:text/plain;base64,SGVsbG8sIHdvcmxkIQ==", "550e8400-e29b-41d4-a716-446655440000",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709", "arn:x:y:::bucket/key//double//slash/",
]

WHITE_SPACE = [
    "", " ", "  ", "   ", "\t", "\n", "\r", "\r\n", "\n\n", "\r\n\r\n", "\n\r", " \n", "\n ", "  \n  ",
    "\t\t\t", " \t \t ", "\v\f", "a ", " a", "a  ", "  a", "a  b", "a   b    c     d", "a\tb\t\tc",
    "a\nb\n\nc\n\n\nd", "a\r\nb\r\n\r\nc", "a \n b \n  c", "line\n    indented\n\n  less\n", "a\r b\r\r c",
    "a\u00a0b\u00a0\u00a0c", "\u00a0", " \u00a0 ", "a \u00a0b", "\u00a0a", "a\u3000b\u3000\u3000c", "\u3000", "\u3000 x",
    "a\u0085b", "\u0085\u0085", "x \u0085 y", "a\u2028b\u2029c", "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a",
    "a\u202fb\u205fc\u1680d", "a\u180eb", "a\u200bb\u200b", "\ufeffmark", "a\ufeffb", "\u001c\u001d\u001e\u001f", "a\u001fb \u001c c",
    "trailing   \n", "trailing\t\n\t", " . ", " .\n", ". \n\n .", "!\n!\r\n!", "word \n\nword", "word\n \nword",
    "\n\n\n   x", "   \n\n\nx", "x   \r\n   \r\ny", "\u2003em\u2003space ", "tab\u00a0\tmix \u00a0\t\u3000 end",
]

CONTRACTIONS = [
    "don't can't won't I'm you're he's we've they'll she'd", "DON'T CAN'T I'M YOU'RE HE'S WE'VE THEY'LL SHE'D",
    "Don'T Can't i'M You'Re He'S We'vE They'Ll She'D", "don\u2019t I\u2019m you\u2019re he\u2019s we\u2019ve they\u2019ll she\u2019d",
    "DON\u2019T I\u2019M YOU\u2019RE HE\u2019S WE\u2019VE THEY\u2019LL", "it'\u017f it\u2019\u017f IT'\u017f \u017f'\u017f '\u017f '\u017fx", "'s't're've'm'll'd", "'S'T'RE'VE'M'LL'D",
    "'sx 'tx 'rex 'vex 'mx 'llx 'dx", "' s ' t ''s ''t '''re", "rock'n'roll y'all o'clock 'twas ma'am", "l'été d'Or qu'il s'en",
    "x's\ny's\r\n'z's", "1's 2'd 3'll 100's", "'\u0131 '\u0130 '\u212a '\u00df", "she'dn't've y'all'd've", "a'b'c'd'e'f'g", "dogs' tails, James's cat's",
    "\u4e2d's \u00e9'S \u0301's _'s -'ll", "I`m I\u00b4m I\u02bcm I\uff07m",
]

CASES = [
    "camelCase PascalCase snake_case SCREAMING_SNAKE kebab-case", "HTTPServerError XMLHttpRequest iPhone eBay McDonald",
    "ABCdef ABCDef AbCdEf aBCDEF", "ǅungla ǲ ǈ ǋ Ǆ", "ΑΒΓαβγς ΑΒγ", "ЖЗИжзи Жз", "ĲSSEL ĳssel ŉ ß ẞ ſ", "ﬁ ﬂ ﬃ ﬆ", "ʰʱʲ ˢ ᵃᵇ ª º",
    "İstanbul ISPARTA ılık iğne", "ꙂꙃꙄ ႠႡ ᲐᲑა", "A\u0301B a\u0301b A\u0301b aB\u0301c", "日本Go 中Aa文 aあBいC", "XÆA-12 ÅNGSTRÖM Å\u212b K\u212a",
]

EMOJI = [
    "😀", "😀😃😄😁", "I ❤️ it! ❤ ☺️ ☺", "👍🏽 👍🏿 👍", "👩‍👩‍👧‍👦 👨🏾‍🚀 🏳️‍🌈 🏴‍☠️", "🇩🇪🇫🇷🇯🇵 🇩 🇪", "1️⃣2️⃣#️⃣*️⃣", "🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F",
    "ok👌ok 👌 ok", "🤷‍♀️🤷🏻‍♂️", "™️ ©️ ®", "a😀b😀c", "😀\n😀\r\n😀", "🫠🫨🪿🩵", "\u200d😀\u200d", "❤️‍🔥❤️‍🩹", "🙂🙃" * 10,
]

MARKS = [
    "e\u0301 \u00e9 E\u0301 \u00c9", " \u0301", "a \u0301b", "  \u0301\u0302", "\u0301", "\u0301\u0302\u0303", "a\u0300\u0301\u0302\u0303\u0304\u0305", "\n\u0301x",
    "x\u0338= \u2260", "Z\u0351\u0344A\u0310L\u0317G\u0323O\u0321", " \u093f\u0915", "\u0915\u094d\u200d\u0937 \u0915\u094d\u200c\u0937", "\u0e33 \u0e19\u0e49\u0e33", "\u1100\u1161\u11a8\uac01\u11a8",
    "a\u20dd 1\u20e3", "\u05d0\u05b8\u0301", "\u0627\u0651\u064e \u0640\u0640", "'\u0301s", "1\u0301 2\u0300\u0301", "!\u0301 .\u0302", "\ufe0f \ufe0e", "a\u034fb\u0345",
    "\u0308\u0041\u0308", "\u0d4d\u0d30\u0d15", "\U0001d167\U0001d168x", "\u0344\u0958\u2126\u212b\ufb2a", "\u1e9b\u0323 d\u0307\u0323",
]

SPECIAL_TOKENS = [
    "<|endoftext|>", "a<|endoftext|>b", " <|endoftext|> ", "<|endoftext|><|endoftext|>", "<|fim_prefix|>x<|fim_suffix|>y<|fim_middle|>",
    "<|endofprompt|>", "<|im_start|>user\nhi<|im_end|>\n", "<|endoftext|", "|endoftext|>", "<|ENDOFTEXT|>", "< |endoftext| >", "<s></s><unk><pad><mask>",
    "[CLS] [SEP] [MASK] [UNK]", "<|start|>assistant<|channel|>final<|message|>", "<think>\nhm\n</think>", "<0x0A><0xFF>", "\u2581the \u0120the \u010a ##ing </w>",
    "<|begin_of_text|><|eot_id|>", "[INST] a [/INST]",
]

CONTROLS = [
    "\x00", "a\x00b", "\x00\x00\x00", "\x01\x02\x03\x04\x05\x06\x07\x08", "\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a", "\x1b[31mred\x1b[0m", "\x7f", "a\x7f b",
    "\x80\x81\x82\x83\x84\x86\x87", "\x9f \x90", "\u202eright\u202c \u2066left\u2069", "\u061c\u200e\u200f", "soft\u00adhyphen", "\ufffd \ufffe \uffff", "\ufdd0\ufdef",
    "\U0001fffe\U0010ffff", "\ue000\uf8ff \U000f0000\U00100000", "\ufff9\ufffa\ufffb\ufffc", "bell\x07 back\x08space", "\u2060word\u2060joiner", "\U000e0001\U000e0020",
    "".join(map(chr, range(0x20))), "".join(map(chr, range(0x20, 0x7f))), "".join(map(chr, range(0x7f, 0x100))),
]

PUNCTUATION = [
    "!!!???...", "\u2026 \u2014 \u2013 \u2212", "\u00ab\u00bb \u201c\u201d \u2018\u2019 \u201e\u201c \u300c\u300d", "---===+++***///\\\\\\", "//\n//\r\n///\n/", "a/b/c //x /* y */\n\n/", "(a)[b]{c}<d>",
    "a.b.c. d,e,f; g:h", "#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "\u3001\u3002\uff0c\uff01\uff1f", "\u2200x\u2208\u211d: \u221a(x\u00b2)=|x|", "\u2190\u2191\u2192\u2193\u2194 \u21d2", "\u2588\u2591\u2592\u2593 \u2500\u2502\u250c", "_a_ __b__ _ __",
    "wait...what?!\nno.\n", "\u00bfqu\u00e9? \u00a1s\u00ed!", "$x$ ^y^ ~z~", "=> -> <- :: ... ..= |> ?? !!", "\"\"\" ''' ``` \"'\"", "%s %d %-10.3f \\n \\t \\x00 \\u{1F600}", ">>> <<< ### *** ~~~\n\n\n",
]

REPEATED = [
    "a" * 300, "A" * 300, "ab" * 150, "abc" * 100, " " * 300, "\n" * 300, "\t" * 300, "\r\n" * 150, " \n" * 150, "\u4e2d" * 300, "\u00e9" * 300, "e\u0301" * 150, "\U0001F600" * 300,
    "." * 300, "-" * 300, "=" * 300, "!" * 300, "0" * 300, "12" * 150, "\u00a0" * 300, "\u3000" * 300, "\u0301" * 300, "'" * 300, "'s" * 150, "the " * 75, " the" * 75, "aA" * 150,
    "Aa" * 150, " a" * 150, "\x00" * 300, "\u200d" * 300, "\U00012000" * 100, "\uac00" * 300, "/" * 300, "\n/" * 150, "x" * 299 + " ", " " * 299 + "x", "\n" * 299 + "x", " " * 150 + "\n" * 150,
    "ATCG" * 75, "\u0e01" * 300, "\u0915\u094d" * 150, "#" * 63 + "\n" + "#" * 64,
]

SENTENCES = [
    "Antidisestablishmentarianism and pneumonoultramicroscopicsilicovolcanoconiosis",
    "Donaudampfschifffahrtsgesellschaftskapit\u00e4nsm\u00fctze", "supercalifragilistic tokenization detokenizes untokenizable",
    "Mixed \u0442\u0435\u043a\u0441\u0442 with \u4e2d\u6587 and \u0627\u0644\u0639\u0631\u0628\u064a\u0629 and \u0939\u093f\u0928\u094d\u0926\u0940 in one line.", "p\u0430ypal (with a Cyrillic letter)", "\uff26\uff55\uff4c\uff4c\uff57\uff49\uff44\uff54\uff48 \uff11\uff12\uff13",
    "\U0001d4d7\U0001d4ee\U0001d4f5\U0001d4f5\U0001d4f8 \U0001d53d\U0001d560\U0001d560", "qzxjkvbwpfgh lkjhgfdsa mnbvcxz", "Lorem ipsum? No: words of our own.", "The the THE tHe  the\tthe\nthe",
    "Dear Sir or Madam,\n\nThank you for your letter.\n\nYours,\nA. N. Other\n", "Q: What's 7 \u00d7 6?\nA: 42.\n\nQ: Why?\nA:", "\u2460 first \u2461 second; (i) third, [4] fourth", "a-b--c---d \u2010 \u2011 \u2012 \u2013 \u2014 \u2015",
    "naive na\u00efve nai\u0308ve; resume r\u00e9sum\u00e9 re\u0301sume\u0301", "H\u2082O, CO\u2082, E = mc\u00b2, x\u2099\u208a\u2081", "\"Quoted,\" she said. 'Really?' \u201cYes.\u201d",
]


class Generator:
    """A seeded generator of our own (splitmix64), so that the texts never change with Python."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return z ^ (z >> 31)

    def below(self, bound):
        return self.next() % bound

    def choice(self, values):
        return values[self.below(len(values))]


# Blocks that real text comes from; a random character is taken from one of them half the time.
BLOCKS = [
    (0x20, 0x7F), (0xA0, 0x250), (0x250, 0x370), (0x370, 0x530), (0x530, 0x700), (0x900, 0x0E00),
    (0x0E00, 0x1100), (0x1100, 0x1400), (0x1E00, 0x2070), (0x2070, 0x2C00), (0x2E80, 0x3400),
    (0x4E00, 0xA000), (0xA000, 0xAC00), (0xAC00, 0xD7B0), (0xF900, 0x10000), (0x10000, 0x11000),
    (0x1D400, 0x1D800), (0x1F300, 0x1FB00), (0x20000, 0x20400), (0xE0100, 0xE01F0),
]

FRAGMENTS = [
    " ", "  ", "\n", "\r\n", "\t", "'", "'s", "\u2019ll", "'RE", "the", "The", "THE", "12", "1234", "\u00e9", "e\u0301", "\u0301", "\u4e2d\u6587",
    "\u0939\u093f", ".", "...", "-", "\u00a0", "\u3000", "\u0085", "\U0001F600", "\u200d", "_", "/", "//", "<|endoftext|>", "\u017f", "\u0130", "\u01c5", "\u02b0", "\u00bd", "\u0661", "\uac00", "\x00",
]


def random_character(generator):
    """Any scalar value, or one of a block in common use; never a surrogate."""
    if generator.below(2) == 0:
        low, high = generator.choice(BLOCKS)
    else:
        low, high = 0, 0x110000
    while True:
        value = low + generator.below(high - low)
        if not 0xD800 <= value < 0xE000:
            return chr(value)


def random_texts(seed=16):
    """Characters from anywhere, then words, breaks, marks and controls in any order."""
    generator = Generator(seed)
    texts = []
    for length in (1, 2, 3, 5, 8, 20, 60):
        for _ in range(8):
            texts.append("".join(random_character(generator) for _ in range(length)))
    for _ in range(24):
        parts = [generator.choice(FRAGMENTS) for _ in range(1 + generator.below(40))]
        texts.append("".join(parts))
    for _ in range(24):
        parts = [
            generator.choice(FRAGMENTS) if generator.below(3) else random_character(generator)
            for _ in range(1 + generator.below(60))
        ]
        texts.append("".join(parts))
    for _ in range(8):
        texts.append("".join(chr(97 + generator.below(26)) for _ in range(200)))
    return texts


def all_texts():
    """Every text once, in order."""
    groups = [
        LANGUAGES, CODE, NUMBERS, ADDRESSES, WHITE_SPACE, CONTRACTIONS, CASES, EMOJI, MARKS,
        SPECIAL_TOKENS, CONTROLS, PUNCTUATION, REPEATED, SENTENCES, random_texts(),
    ]
    return list(dict.fromkeys(text for group in groups for text in group))
