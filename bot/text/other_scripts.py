"""Names in scripts other than Latin: words that are names too, roles, surnames, and what is written onto a name."""

from __future__ import annotations

import re

MARKS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0963\u0980-\u0df3\u135d-\u135f\u1ab0-\u1aff\u1dc0-\u1dff"
    r"\u20d0-\u20ff"
)
"""What belongs to a letter, for a pattern's class: without it "प्रिया" falls to pieces."""
UNSPACED = (
    r"\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0edf\u1000-\u1049\u1050-\u109f\u1780-\u17d3\u3005\u3041-\u3096\u3099-\u309a"
    r"\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Letters of scripts that are written without spaces, with their marks: Chinese, Japanese, Thai and its like."""
BEYOND_LATIN = re.compile(
    r"[\u0300-\u1dff\u2c00-\u2dff\u3005\u3040-\ud7ff\uf900-\ufaff\ufb00-\ufdff\ufe70-\ufefc\uff21-\uffdc"
    r"\U00010000-\U0001efff\U00020000-\U0003ffff]"
)
"""A letter or a mark that is neither Latin nor a sign such as an emoji."""

_WORD_NAMES_TEXT = """
    आशा शांति शान्ति ज्योति दिव्य प्रेम पूजा आनंद विजय विकास समय काम अच्छा भारत प्रकाश किरण कमल सूरज चांद सुमन खुशी सपना प्रिय
    امل نور سلام عادل كريم جميل سعيد سليم امين صالح حسن عبد الله الرحمن الرحيم ابو ابن بنت آل ام بن ليل ليلي نهار عمل
    علم هدي حياه فرح قمر شمس ربيع رجاء صباح وفاء عمر كامل هادي ماهر شريف وحيد نبيل رائد فضل امان ايمان خير ناصر حبيب
    שלום אור שיר אורה נועם חיים שמחה תקווה אביב יום לילה שבת עבודה גיל זמן אמת ברכה שקד
    和平 平安 健康 文明 光明 希望 春天 明天 国庆 國慶 建国 建國 高兴 高興 小心 明白 安全 国家 國家 中国
    中國 工作 时间 時間 大家 平和 未来 大和
    自然 真理 正義 千葉 山口 福島 石川 宮城 長野 宮崎 岡山 福井 香川 富山
    和歌山 国王 小时 小時 小学 公平 自由 永远 文化 金融 方便 白天 安静 高明
    さくら はるか みなみ ひかり あおい のぞみ こころ かおり つばさ ひなた いつき まこと
    지원 지수 미소 사랑 하늘 보라 나라 수정
    지도 유리 정도 이슬 우리 소리 아름 가을 여름 보람 소망 은혜 기쁨
    진실 시간 도움 근무 간호 정의 하나 이상 현재 주의
    สวัสดี สมบัติ ความสุข น้ำฝน ดอกไม้ มานะ ปัญญา อารมณ์ เวลา ทำงาน ตะวัน กำลัง โรงพยาบาล อนันต์ ดวงใจ สมควร
    அன்பு மலர் கலை அமுதா தமிழ் நன்றி வேலை நேரம் செல்வம் வெற்றி আশা শান্তি আনন্দ আলো জয় সময় কাজ
    вера надежда любовь мир роза лилия майя новая ночная дневная сова смена новый ночной
    ελπιδα αγαπη ειρηνη νικη χαρα σοφια ανθη სიხარული იმედი სალამი ሰላም ሀሳብ ተስፋ ፍቅር
"""
_ROLES_TEXT = """
    डॉ डॉक्टर डा नर्स वार्ड अस्पताल श्री श्रीमती सुश्री कुमारी मैट्रन प्रबंधक टीम
    دكتور الدكتور دكتوره الدكتوره طبيب طبيبه ممرض ممرضه الممرض الممرضه رئيسه جناح قسم مستشفي سيد سيده السيد السيده
    مدير مديره نرس ڈاکٹر وارڈ
    דוקטור אחות אח רופא רופאה מחלקה מנהל מנהלת מר גברת פרופ פרופסור
    护士 護士 医生 醫生 病房 医院 醫院 经理 經理 护士长 護士長 主任
    先生 女士 小姐 大夫 看護師 医師 病棟 病院 師長 薬剤師
    간호사 의사 병동 병원 선생님 선생 수간호사 팀장 과장
    พยาบาล แพทย์ หมอ หอผู้ป่วย คุณ นาย นาง นางสาว วอร์ด หัวหน้า
    டாக்டர் நர்ஸ் செவிலியர் மருத்துவர் வார்டு திரு திருமதி ডাক্তার নার্স ওয়ার্ড ডা শ্রী
    доктор врач медсестра сестра медбрат отделение палата больница менеджер старшая лікар
    γιατρος νοσοκομα νοσηλευτης νοσηλευτρια κλινικη δρ κυριος κυρια ექიმი ექთანი ሐኪም ነርስ ዶክተር
"""
WORD_NAMES_ELSEWHERE = frozenset(_WORD_NAMES_TEXT.split())
"""Names that are words too, or places. No capital tells which is meant, so only the whole name counts."""
ROLES_ELSEWHERE = frozenset(_ROLES_TEXT.split())
"""Titles, what somebody does and where: no part of a name."""

KOREAN_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함"
    "변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부"
)
KOREAN_SURNAMES_LONG = ("남궁", "황보", "제갈", "선우", "독고", "사공", "서문")
_CHINESE_SURNAMES_LONG_TEXT = """
    欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 夏侯 东方 東方 皇甫 尉迟 公孙 公孫 慕容 令狐 宇文 长孙 長孫 司徒
    端木 南宫 南宮
"""
CHINESE_SURNAMES_LONG = frozenset(_CHINESE_SURNAMES_LONG_TEXT.split())
_JAPANESE_SURNAMES_TEXT = """
    佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 松本 井上 木村 斎藤 清水 山崎 阿部 池田
    橋本 山下 石井 小川 前田 岡田 藤田 後藤 近藤 村上 遠藤 青木 坂本 藤井 西村 福田 太田 三浦 岡本 松田
    中川 中野 原田 小野 竹内
"""
JAPANESE_SURNAMES = frozenset(_JAPANESE_SURNAMES_TEXT.split())
HAN = re.compile(r"[\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
HANGUL = re.compile(r"[\uac00-\ud7a3]+")

ATTACHED: tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(f"[{letters}]"), re.compile(before), re.compile(rf"(?:{after})\Z"))
    for letters, before, after in (
        ("\u0600-\u06ff", r"[وف]?(?:لل|[بكل]?(?:ال)?)", ""),
        ("\u0590-\u05ff", "[ושכ]?[בלמהשכ]?", ""),
        ("\u1200-\u139f", "[ለበየከእ]?", "ን|ም|ና|"),
        (
            "\uac00-\ud7a3",
            "",
            "이?(?:씨|님|선생님|쌤|간호사|의사|팀장님?|과장님?)?(?:가|는|은|이|을|를|의|에게서?|한테서?|와|과|랑|이랑|도|만|아|야|께서?|"
            "로|으로|까지|부터|처럼|보다|라고|이라고|하고|네|예요|이에요|입니다)?(?:는|도|만|의)?",
        ),
        ("\u0900-\u097f", "", "ने|को|से|में|का|की|के|पर|जी|ला|चा|ची|चे|च्या|हरू|ले|लाई|"),
        ("\u0980-\u09ff", "", "কে|র|ের|য়ের|রা|দের|তে|"),
        (
            "\u0b80-\u0bff",
            "",
            "(?:வ|ய)?(?:ின்|ை|ுக்கு|ிடம்|ுடன்|ும்|ால்|ோடு|ுடைய)|க்கு|விற்கு|்|",
        ),
        ("\u0a00-\u0b7f\u0c00-\u0dff", "", r".{0,4}"),
        ("\u10a0-\u10ff", "", "მ|ს|მა|ის|თან|სთან|ისთან|ით|ი|"),
        ("\u0400-\u052f", "", "a|y|om|em|e|ы|и|oй|eй|ю|я|ыm|oгo|omy|"),  # letters that look like Latin ones are folded
        ("\u0370-\u03ff", "", "σ|y|"),
        ("\u0530-\u058f", "", "ը|ի|ին|ից|ով|"),
    )
)
"""For the letters of a script: what can be written onto a name before it and behind it, such as "and", "to" or "of"."""
