"""Words for months beyond those of CLDR, and the months of calendars other than the Gregorian."""

from __future__ import annotations

# One line a month; "_" stands for a blank. English with common misspellings, French, Spanish,
# Russian, Ukrainian, Turkish, Azerbaijani (Latin, Cyrillic), Arabic of three traditions and in
# Latin letters, Persian and Dari, Kurdish, Armenian.
GREGORIAN = """\
january jan janury januray janurary janvier janv enero ene января январь янв січня січень січ ocak
 oca yanvar yan yanvarın jанвар јанвар январын يناير جانفي كانون_الثاني كانون_ثاني kanun_al-thani
 kanun_thani ژانویه ژانویهٔ جنوری çile çileya_paşîn kânunusani kanun-i_sani հունվար հունվարի
february feb febr febuary feburary febraury febrary février fév févr febrero февраля февраль фев
 февр лютого лютий лют şubat şub subat fevral fevralın fev феврал февралын فبراير فيفري شباط
 shubat فوریه فبروری sibat şibat reşemî փետրվար փետրվարի
march mar mars marzo марта март мар березня березень бер mart martın mart'ın мартын مارس آذار اذار
 adhar azar adar مارچ մարտ մարտի
april apr apirl aprl avril avr abril abr апреля апрель апр квітня квітень кві квіт nisan nis aprel
 aprelin апрел أبريل ابريل أفريل افريل نيسان آوریل اپریل nîsan ապրիլ ապրիլի
may mai mayo мая май травня травень тра трав mayıs мај مايو ماي أيار ايار ayyar می مه մայիս մայիսի
june jun juin junio июня июнь июн червня червень чер черв haziran haz iyun iyunun ијун يونيو يونيه
 جوان حزيران huzayran hazîran ژوئن جون հունիս հունիսի
july jul jully juillet juil julio июля июль июл липня липень лип temmuz tem iyul iyulun ијул يوليو
 يوليه جويلية تموز tammuz ژوئیه جولای جولاي tîrmeh temûz հուլիս հուլիսի
august aug agust augest août agosto ago августа август авг серпня серпень сер серп ağustos ağu
 avqust avqustun avq أغسطس اغسطس أوت آب اگست tebax օգոստոս օգոստոսի
september sep sept setember septemeber septembre septiembre setiembre сентября сентябрь сен сент
 вересня вересень вер верес eylül eyl sentyabr sentyabrın sentabr сентјабр سبتمبر شتنبر أيلول
 ايلول aylul سپتامبر سپتمبر îlon սեպտեմբեր սեպտեմբերի
october oct octuber ocotber octobre octubre октября октябрь окт жовтня жовтень жов жовт ekim eki
 oktyabr oktyabrın oktabr октјабр أكتوبر اكتوبر تشرين_الأول تشرين_اول tishrin_al-awwal
 teşrinievvel teşrin-i_evvel اکتبر اکتوبر cotmeh çiriya_pêşîn հոկտեմբեր հոկտեմբերի
november nov novemeber novembre noviembre ноября ноябрь ноя нояб листопада листопад лис листоп
 kasım kas noyabr noyabrın нојабр نوفمبر نونبر تشرين_الثاني تشرين_ثاني tishrin_al-thani
 teşrinisani teşrin-i_sani نوامبر نومبر mijdar çiriya_paşîn նոյեմբեր նոյեմբերի
december dec decemeber décembre déc diciembre dic декабря декабрь дек грудня грудень гру груд
 aralık ara dekabr dekabrın dek декабрын ديسمبر دجنبر كانون_الأول كانون_اول kanun_al-awwal
 kânunuevvel kanun-i_evvel دسامبر دسمبر çileya_pêşîn դեկտեմբեր դեկտեմբերի"""

# Iranian, Dari, Pashto, Kurdish, and Latin letters.
SOLAR_HIJRI = """\
فروردین حمل وری خاکەلێوە farvardin hamal wray xakelêwe
اردیبهشت ثور غویی گوڵان ordibehesht sawr saur thawr ghwayay gulan
خرداد جوزا غبرگولی غبرګولی جۆزەردان khordad jawza jauza cozerdan
تیر سرطان چنگاښ چنګاښ پووشپەڕ tir saratan pûşper
مرداد امرداد اسد زمری گەلاوێژ mordad amordad asad gelawêj
شهریور سنبله سنبلہ وږی خەرمانان shahrivar sunbula sonbola sumbula xermanan
مهر میزان تله ڕەزبەر mehr mizan rezber
آبان عقرب لړم گەڵاڕێزان خەزەڵوەر aban aqrab gelarêzan
آذر قوس لیندۍ لیندی سەرماوەز azar qaws qaus sermawez
دی جدی مرغومی بەفرانبار dey jadi befranbar
بهمن دلو سلواغه ڕێبەندان bahman dalw dalwa rêbendan
اسفند حوت کب ڕەشەمە esfand hut rêşeme"""

# Arabic, Persian and Urdu, Turkish and Azerbaijani, and Latin letters.
HIJRI = """\
محرم محرم_الحرام muharram moharram muharrem məhərrəm
صفر صفر_المظفر safar safer səfər
ربيع_الأول ربيع_اول ربیع‌الاول ربیع_الاول ربیعالاول rabi_al-awwal rabi_ul-awwal rabi_al-awal
 rabi_al-auwal rabi'_al-awwal rabi_i rabi_1 rabi_awwal rabiulawal rebiülevvel rebîülevvel
 rəbiüləvvəl rabi_ol-avval
ربيع_الثاني ربيع_الآخر ربيع_ثاني ربیع‌الثانی ربیعالثانی rabi_al-thani rabi_ath-thani rabi_al-akhir
 rabi_al-akhar rabi_ul-thani rabi_us-sani rabi_ul-akhir rabi_ii rabi_2 rabi_thani rebiülahir
 rəbiülaxır rabi_ol-sani
جمادى_الأولى جمادى_الاول جمادي_الأول جمادى_اول جمادی‌الاول جمادیالاول jumada_al-ula
 jumada_al-awwal jumada_i jumada_1 jumada_al-awal jamadi_ul-awwal jamadi-ul-awal jumadal_ula
 cemaziyelevvel cəmadiyüləvvəl jamadi_ol-avval
جمادى_الآخرة جمادى_الثانية جمادى_الآخر جمادي_الثاني جمادى_الثاني جمادی‌الثانی جمادیالثانی
 jumada_al-thani jumada_al-akhira jumada_al-akhirah jumada_al-thaniya jumada_al-thaniyah
 jumada_ath-thaniyah jumada_ii jumada_2 jamadi_us-sani jamadi-us-sani jumadal_akhira cemaziyelahir
 cəmadiyülaxır jamadi_ol-sani
رجب رجب_المرجب rajab recep receb rəcəb
شعبان شعبان_المعظم shaban sha'ban shaaban şaban şəban
رمضان رمضان_المبارك ramadan ramadhan ramazan ramzan ramazon ramazân
شوال شوّال shawwal shawal shavval şevval şəvval
ذو_القعدة ذي_القعدة ذوالقعدة ذیقعده ذی_قعده ذوالقعده ذي_قعدة ذي_القعده dhu_al-qadah dhu_al-qada
 dhul-qadah dhul_qada dhu_al-qidah dhul-qi'dah dhu_l-qa'da dhu_al-qa'dah zulqada zilqad zilkade
 zilqədə zi-l-qa'da zul-qadah zulqadah dhulqadah
ذو_الحجة ذي_الحجة ذوالحجة ذیحجه ذی_حجه ذوالحجه ذی_الحجه dhu_al-hijjah dhu_al-hijja dhul-hijjah
 dhul_hijja dhu_l-hijja zulhijja zilhajj zilhicce zilhiccə zi-l-hijja zul-hijjah zulhijjah
 dhulhijjah"""

# Months of calendars that are recognised and not converted.
FOREIGN = {
    "Hebrew": """tishrei tishri cheshvan marcheshvan heshvan kislev tevet shevat shvat iyar iyyar
 sivan elul תשרי חשון חשוון מרחשון מרחשוון כסלו טבת שבט אדר ניסן אייר סיון סיוון תמוז
 מנחם_אב אלול""",
    "Ethiopian": """meskerem tikimt tikemt hidar tahsas yekatit megabit miazia miyazya ginbot
 genbot hamle nehase nehasse pagume pagumen መስከረም ጥቅምት ኅዳር ህዳር ታኅሣሥ ታህሳስ ጥር የካቲት መጋቢት ሚያዝያ ግንቦት ሰኔ
 ሐምሌ ነሐሴ ጳጉሜን ጳጉሜ""",
    "Nepali (Bikram Sambat)": """baisakh baishakh jestha jeth asar ashadh shrawan bhadra bhadau asoj
 ashwin kartik mangsir poush magh falgun phalgun chaitra chait वैशाख बैशाख जेठ असार साउन श्रावण भदौ
 भाद्र असोज आश्विन कात्तिक कार्तिक मंसिर पुस पौष माघ फागुन फाल्गुन चैत चैत्र""",
}
