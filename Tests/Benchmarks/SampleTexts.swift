/// Prose in several scripts, code and digits, written for this benchmark.
let sampleTexts: [(name: String, text: String)] = [
  (
    "english",
    """
    The ferry left before sunrise, and nobody on the pier could say whether it'd come back. \
    "Two hours," said the harbour master, "perhaps three if the wind holds." We waited. \

    By noon 14 people had gathered around the kiosk, which sold coffee, maps and nothing else.

    """
  ),
  (
    "german",
    """
    Über Nacht hatte es geschneit; die Straßenbahn fuhr trotzdem pünktlich um 6.45 Uhr ab. \
    Im hinteren Wagen saß ein Mädchen mit einem großen Cello und übte leise die Fingersätze.

    """
  ),
  (
    "russian",
    """
    Утром на кухне пахло хлебом, и старый радиоприёмник бормотал что-то о погоде на севере. \
    Никто его не слушал: дети искали варежки, а бабушка считала яблоки в корзине.

    """
  ),
  (
    "arabic",
    """
    وصل القطار متأخرا ساعة كاملة، لكن المسافرين لم يغادروا المحطة. كان بائع الشاي يحكي لهم \
    عن مدينة صغيرة خلف الجبال، لا تظهر في أي خريطة.

    """
  ),
  (
    "hindi",
    """
    बारिश रुकते ही बच्चे गली में निकल आए और काग़ज़ की नावें तैराने लगे। दुकानदार ने छतरी समेटी, \
    फिर मुस्कुराकर सबको एक-एक टॉफ़ी दी।

    """
  ),
  (
    "chinese",
    """
    图书馆在河的对岸，每天傍晚六点关门。她骑着旧自行车穿过桥，书包里装着三本还没读完的小说。\
    风很大，可是天边的云像火一样红。

    """
  ),
  (
    "japanese",
    """
    駅前のパン屋は朝七時に開く。焼きたてのメロンパンを買って、ベンチで電車を待つのが彼の日課だった。\
    今日は雨なので、傘をさしながら食べた。

    """
  ),
  (
    "korean",
    """
    할머니는 마당에 빨간 고추를 널어 두고 평상에 앉아 라디오를 들으셨다. 고양이 한 마리가 담장 위에서 \
    졸고 있었고, 멀리서 자전거 종소리가 들렸다.

    """
  ),
  (
    "thai",
    """
    เช้าวันเสาร์ตลาดริมน้ำคึกคักกว่าทุกวัน แม่ค้าพายเรือขายก๋วยเตี๋ยวและผลไม้สด เด็กๆ วิ่งเล่นบนสะพานไม้เก่า

    """
  ),
  (
    "code",
    """
    func merge<Key: Hashable>(_ rows: [Row<Key>], into table: inout [Key: Int]) throws -> Int {
        var total = 0
        for (index, row) in rows.enumerated() where row.weight > 0 {
            guard let key = row.key else { throw MergeError.missingKey(line: index + 1) }
            table[key, default: 0] += row.weight  // counts may exceed 2^31
            total += row.weight
        }
        return total
    }


    """
  ),
  (
    "digits",
    """
    2026-03-14 09:26:53.589 793 238 462 643 383 279 502 884 197 169 399 375 105 820 974 944 592
    0.0031415926 6.02214076e23 10000000000000000000000 127.0.0.1:8080 +49 30 5550199 1/3 99.95%

    """
  ),
]
