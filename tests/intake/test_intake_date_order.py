from lists import converted, notes

DATE = '[columns.Name]\nfield = "name"\n[columns.Died]\nfield = "date"\n'


def dates(conversion):
    return [record.value("date") for record in conversion.records]


def test_the_columns_own_dates_decide_the_order_and_the_account_says_so():
    conversion = converted(
        [["Name", "Died"], ["Ada", "03/04/2031"], ["Ben", "26/02/2031"], ["Cleo", "13/01/2031"]],
        DATE,
    )
    assert dates(conversion) == ["2031-04-03", "2031-02-26", "2031-01-13"]
    (sentence,) = conversion.account.understood
    assert sentence.startswith("Died: ")
    assert "2" in sentence


def test_without_evidence_nothing_is_guessed():
    conversion = converted([["Name", "Died"], ["Ada", "03/04/2031"], ["Ben", "05/04/2031"]], DATE)
    assert dates(conversion) == ["", ""]
    assert conversion.account.rejected == 2


def test_evidence_for_both_decides_nothing():
    conversion = converted(
        [["Name", "Died"], ["Ada", "03/04/2031"], ["Ben", "26/02/2031"], ["Cleo", "02/26/2031"]],
        DATE,
    )
    assert dates(conversion) == ["", "2031-02-26", "2031-02-26"]
    assert [n[3] for n in notes(conversion)] == ["rejected"]


def test_what_the_mapping_says_holds():
    conversion = converted(
        [["Name", "Died"], ["Ada", "03/04/2031"], ["Ben", "26/02/2031"]], f'{DATE}order = "mdy"'
    )
    assert dates(conversion) == ["2031-03-04", ""]
    assert conversion.account.understood == ()


def test_a_year_and_a_calendar_can_be_given_for_the_column():
    conversion = converted(
        [["Name", "Died"], ["Ada", "26 February"], ["Ben", "26/2"]],
        f'{DATE}year = 2031\norder = "dmy"',
    )
    assert dates(conversion) == ["2031-02-26", "2031-02-26"]
    hijri = converted([["Name", "Died"], ["Ada", "1410/12/07"]], f'{DATE}calendar = "solar_hijri"')
    assert dates(hijri) == ["2032-02-26"]
