"""How newspapers and registers spell Arabic names in English: by ear, by four habits.

Written for the benchmarks alone and by other rules than those of the project, which is measured
on it: frequent names by a table of the forms that are met, the rest letter by letter, with vowels
put between consonants as the habit would.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Rng = np.random.Generator
HABITS = ("press", "french", "register", "plain")

_FORMS = """محمد Mohammed Mohamed Muhammad Mohammad|احمد Ahmed Ahmed Ahmad Ahmad
محمود Mahmoud Mahmoud Mahmud Mahmood|ابراهيم Ibrahim Ibrahim Ibrahim Ebrahim
حسن Hassan Hassan Hasan Hasan|حسين Hussein Houssein Husayn Hussain|يوسف Youssef Youssef Yusuf Yousef
عبدالله Abdullah Abdallah Abdullah Abdalla|خليل Khalil Khalil Khalil Khaleel
اسماعيل Ismail Ismail Ismail Esmail|خالد Khaled Khaled Khalid Khaled|سعيد Saeed Said Said Saied
عبدالرحمن Abdel-Rahman Abderrahmane Abd_al-Rahman Abdulrahman
سليمان Suleiman Souleiman Sulayman Soliman|عمر Omar Omar Umar Omar|موسى Moussa Moussa Musa Mousa
سالم Salem Salem Salim Salem|صالح Saleh Saleh Salih Saleh|علي Ali Ali Ali Aly|على Ali Ali Ali Aly
جمال Jamal Djamal Jamal Gamal|عبدالكريم Abdel-Karim Abdelkrim Abd_al-Karim Abdulkareem
حمدان Hamdan Hamdane Hamdan Hamdan|رمضان Ramadan Ramadane Ramadan Ramadhan|اياد Iyad Iyad Iyad Eyad
سليم Salim Selim Salim Saleem|زياد Ziad Ziad Ziyad Ziad|صلاح Salah Salah Salah Salah
عبدالقادر Abdel-Qader Abdelkader Abd_al-Qadir Abdulqader|سلمان Salman Salmane Salman Salman
خميس Khamis Khamis Khamis Khamees|جهاد Jihad Djihad Jihad Jehad|عماد Imad Imad Imad Emad
جميل Jamil Djamil Jamil Jameel|النجار al-Najjar Najjar al-Najjar Alnajjar|عوض Awad Awad Awad Awadh
مصطفى Mustafa Moustafa Mustafa Mostafa|نبيل Nabil Nabil Nabil Nabeel|ايمن Ayman Aymane Ayman Aiman
شعبان Shaaban Chaabane Shaban Shaban|كمال Kamal Kamel Kamal Kamal|عيد Eid Eid Id Eid
جمعه Jumaa Djoumaa Juma Jomaa|جمعة Jumaa Djoumaa Juma Jomaa|ياسر Yasser Yasser Yasir Yaser
عبدالعزيز Abdel-Aziz Abdelaziz Abd_al-Aziz Abdulaziz|ناصر Nasser Nasser Nasir Naser
اسامه Osama Oussama Usama Osama|اسامة Osama Oussama Usama Osama|بلال Bilal Bilal Bilal Belal
فايز Fayez Fayez Fayiz Faiz|حامد Hamed Hamed Hamid Hamed|علاء Alaa Alaa Ala Alaa
عبدالفتاح Abdel-Fattah Abdelfattah Abd_al-Fattah Abdulfatah|كامل Kamel Kamel Kamil Kamel
سلامه Salama Salama Salamah Salameh|اسعد Asaad Assaad Asad Asad|ماهر Maher Maher Mahir Maher
عادل Adel Adel Adil Adel|رجب Rajab Redjeb Rajab Ragab|وليد Walid Oualid Walid Waleed
مريم Mariam Meriem Maryam Mariam|منصور Mansour Mansour Mansur Mansoor|حماد Hammad Hamad Hammad Hamad
توفيق Tawfiq Toufik Tawfiq Tawfeeq|نعيم Naim Naim Naim Naeem|حسام Hossam Houssam Husam Hussam
طارق Tareq Tarek Tariq Tarek|رضوان Radwan Redouane Ridwan Radwan|ماجد Majed Madjed Majid Maged
عبدالحميد Abdel-Hamid Abdelhamid Abd_al-Hamid Abdulhameed|درويش Darwish Derouiche Darwish Darweesh
ايمان Iman Imane Iman Eman|مازن Mazen Mazen Mazin Mazen|نصر Nasr Nasr Nasr Naser
نور Nour Nour Nur Noor|عطا Atta Atta Ata Atta|رائد Raed Raed Raid Raed|فؤاد Fouad Fouad Fuad Foad
عاشور Ashour Achour Ashur Ashoor|رياض Riyad Riad Riyad Reyad|اكرم Akram Akram Akram Akram
يونس Younis Younes Yunus Younus|عصام Issam Issam Isam Essam|اسلام Islam Islam Islam Eslam
عدنان Adnan Adnane Adnan Adnan|انس Anas Anas Anas Anas|زكريا Zakaria Zakaria Zakariya Zakaria
فوزي Fawzi Faouzi Fawzi Fawzy|فارس Fares Fares Faris Fares|بسام Bassam Bassam Basam Bassam
انور Anwar Anouar Anwar Anwar|نضال Nidal Nidal Nidal Nedal|رفيق Rafiq Rafik Rafiq Rafeeq
فتحي Fathi Fethi Fathi Fathy|عودة Odeh Aouda Awda Oudeh|عوده Odeh Aouda Awda Oudeh
الاء Alaa Alaa Ala Alaa|المصري al-Masri Masri al-Misri Almasry|سمير Samir Samir Samir Sameer
عثمان Othman Othmane Uthman Osman|صبحي Sobhi Sobhi Subhi Sobhy|وسام Wissam Ouissam Wisam Wesam
شادي Shadi Chadi Shadi Shady|فاطمه Fatima Fatma Fatimah Fatma|فاطمة Fatima Fatma Fatimah Fatma
مروان Marwan Marouane Marwan Marwan|حاتم Hatem Hatem Hatim Hatem|وائل Wael Ouael Wail Wael
سامي Sami Sami Sami Samy|هاشم Hashem Hachem Hashim Hashem|اسماء Asmaa Asma Asma Asmaa
فادي Fadi Fadi Fadi Fady|مهند Muhannad Mouhanad Muhannad Mohanad|سعد Saad Saad Sad Saad
يحيى Yahya Yahia Yahya Yehia|كرم Karam Karam Karam Karam|عامر Amer Amer Amir Amer
هشام Hisham Hicham Hisham Hesham|حنان Hanan Hanane Hanan Hanan|اسراء Israa Isra Isra Esraa
مصعب Musab Mossaab Musab Mosab|عزالدين Ezzedine Azzedine Izz_al-Din Ezzeldin
حمزة Hamza Hamza Hamzah Hamza|حمزه Hamza Hamza Hamzah Hamza|حمدي Hamdi Hamdi Hamdi Hamdy
هاني Hani Hani Hani Hany|كريم Karim Karim Karim Kareem|قاسم Qassem Kacem Qasim Kassem
عيسى Issa Issa Isa Eissa|بدر Badr Badr Badr Bader|ريم Reem Rim Rim Reem|امل Amal Amel Amal Amal
رامي Rami Rami Rami Ramy|اشرف Ashraf Achraf Ashraf Ashraf|امين Amin Amine Amin Ameen
دعاء Doaa Douaa Dua Doaa|هدى Huda Houda Huda Hoda|شهد Shahd Chahd Shahd Shahed
سلوى Salwa Salwa Salwa Salwa|ليلى Layla Leila Layla Laila|زينب Zeinab Zineb Zaynab Zainab
عائشة Aisha Aicha Aishah Aysha|خديجة Khadija Khadidja Khadijah Khadeja|سمر Samar Samar Samar Samar
رنا Rana Rana Rana Rana|هبة Heba Hiba Hibah Heba|اية Aya Aya Ayah Aya|ايه Aya Aya Ayah Aya"""
_TABLE = {
    form.split()[0]: tuple(way.replace("_", " ") for way in form.split()[1:])
    for form in _FORMS.replace("\n", "|").split("|")
}

_LETTERS = """ا a a a a|أ a a a a|إ i i i e|آ a a a a|ء ||ؤ o o u o|ئ e i i e|ب b b b b|ت t t t t
ة a a ah eh|ه h h h h|ث th th th th|ج j dj j g|ح h h h h|خ kh kh kh kh|د d d d d|ذ z dh dh th
ر r r r r|ز z z z z|س s ss s s|ش sh ch sh sh|ص s s s s|ض d d d dh|ط t t t t|ظ z z z dh|ع a a a a
غ gh gh gh g|ف f f f f|ق q k q k|ك k k k k|ل l l l l|م m m m m|ن n n n n|و ou ou u o|ي i i i ee
ى a a a a|پ p p p p"""


_VOWELS = "aeiou"
_BY_LETTER = {
    line.split(" ", 1)[0]: (*line.split()[1:], "", "", "", "")[:4]
    for line in _LETTERS.replace("\n", "|").split("|")
}
_BETWEEN = "aeai"
"""Vowel that each habit writes between two consonants."""


def spelt_part(part: str, habit: int, rng: Rng) -> str:
    """Spell one part of a name.

    Parameters
    ----------
    part
        A part in Arabic letters.
    habit
        Number of the habit, of `HABITS`; one part in ten is spelt by another.
    rng
        The source of chance.
    """
    if rng.random() < 0.1:
        habit = int(rng.integers(len(HABITS)))
    if part in _TABLE:
        return _TABLE[part][habit]
    for start, written in (("ابو", ("Abu ", "Abou ", "Abu ", "Abo ")), ("ال", _ARTICLE)):
        if part.startswith(start) and len(part) > len(start) + 2:
            return written[habit] + spelt_part(part.removeprefix(start), habit, rng)
    if part.startswith("عبدال") and len(part) > 7:
        servant = ("Abdel-", "Abdel", "Abd al-", "Abdul")[habit]
        return servant + spelt_part(part.removeprefix("عبدال"), habit, rng)
    return _by_ear(part, habit)


_ARTICLE = ("al-", "El ", "al-", "Al")


def _by_ear(part: str, habit: int) -> str:
    """Spell letter by letter: a vowel where two consonants meet within a word of three or more."""
    spelt = ""
    letters = [_BY_LETTER.get(letter, ("", "", "", ""))[habit] for letter in part]
    for at, new in enumerate(letters):
        clash = spelt and new and spelt[-1] not in _VOWELS and new[0] not in _VOWELS
        if clash and (at == 1 or at % 2 == 1):
            spelt += _BETWEEN[habit]
        spelt += new
    return spelt.capitalize()


def spelt_name(parts: Sequence[str], rng: Rng) -> str:
    """Spell a name of several parts, most of them by one habit."""
    habit = int(rng.integers(len(HABITS)))
    return " ".join(spelt_part(part, habit, rng) for part in parts)
