"""Inside the sheet and the list of sheets: cells that are not what they say."""

import random
import re

from tests.independent.lists.kinds import (
    BOOK,
    CELL,
    LAST,
    before_end,
    changed,
    in_sheet,
    kind,
    some_cells,
)
from tests.independent.lists.zips import pack, parts_of

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@kind()
def formulas(rng: random.Random, data: bytes) -> bytes:
    bodies = [
        b"1/0", b"SUM(A1:XFD1048576)", b"HYPERLINK(&quot;http://vd.invalid&quot;,&quot;x&quot;)",
        b"WEBSERVICE(&quot;http://vd.invalid&quot;)", b"cmd|' /C calc'!A0", b"A1",
        b"INDIRECT(&quot;A1&quot;)",
        b"'file:///c:/x/[y.xlsx]Sheet1'!A1", b"REPT(&quot;a&quot;,32767)",
        b"(" * 3000 + b"1" + b")" * 3000,
    ]  # fmt: skip
    values = [b"", b"<v></v>", b"<v>7</v>", b"<v>NaN</v>"]

    def content(at: bytes, style: bytes) -> bytes:
        body, value = rng.choice(bodies), rng.choice(values)
        return b'<c r="%s"%s><f>%s</f>%s</c>' % (at, style, body, value)

    return some_cells(rng, data, content)


@kind()
def shared_formula_wild(_rng: random.Random, data: bytes) -> bytes:
    wild = b'<row r="2000"><c r="A2000"><f t="shared" ref="A1:%s" si="0">B1+1</f></c>' % LAST
    wild += b'<c r="B2000"><f t="array" ref="A1:%s">A1</f></c></row>' % LAST
    return in_sheet(data, lambda body: before_end(body, b"</sheetData>", wild))


@kind()
def external_links(rng: random.Random, data: bytes) -> bytes:
    where = rng.choice(
        ["http://vd.invalid/x.xlsx", "file:///etc/passwd", "\\\\vd.invalid\\s\\x.xlsx"]
    )
    link = (
        f'<Relationship Id="rId1" Type="{_REL}/externalLinkPath" Target="{where}" '
        'TargetMode="External"/>'
    )
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    part = (
        f'<externalLink xmlns="{main}"><externalBook xmlns:r="{_REL}" r:id="rId1"><sheetNames>'
        '<sheetName val="S"/></sheetNames></externalBook></externalLink>'
    )
    own = (
        f'<Relationship Id="rIdX" Type="{_REL}/externalLink" '
        'Target="externalLinks/externalLink1.xml"/>'
    )
    use = (
        f'<externalReferences><externalReference xmlns:r="{_REL}" r:id="rIdX"/>'
        "</externalReferences>"
    )
    data = changed(
        data,
        "xl/_rels/workbook.xml.rels",
        lambda b: before_end(b, b"</Relationships>", own.encode()),
    )
    data = changed(data, BOOK, lambda b: b.replace(b"</sheets>", b"</sheets>" + use.encode(), 1))
    data = some_cells(
        rng, data, lambda at, s: b'<c r="%s"%s><f>[1]S!A1</f><v>1</v></c>' % (at, s), 0.05
    )
    return pack([
        *parts_of(data),
        ("xl/externalLinks/externalLink1.xml", part.encode()),
        ("xl/externalLinks/_rels/externalLink1.xml.rels",
         f'<Relationships xmlns="{rels}">{link}</Relationships>'.encode()),
    ])  # fmt: skip


@kind()
def size_declared_whole(_rng: random.Random, data: bytes) -> bytes:
    """The sheet says it fills every cell there is."""
    whole = b'<dimension ref="A1:%s"/>' % LAST
    return in_sheet(data, lambda body: re.sub(rb"<dimension[^>]*/>", whole, body))


@kind()
def rows_declared(_rng: random.Random, data: bytes) -> bytes:
    """1,048,576 rows, nearly all of them empty: somebody formatted the whole column."""
    more = b'<row ht="15"/>' * (1_048_576 - 200)
    return in_sheet(data, lambda body: before_end(body, b"</sheetData>", more))


@kind()
def far_corners(_rng: random.Random, data: bytes) -> bytes:
    """Values in A1 and in the very last cell."""
    far = b'<row r="1048576"><c r="%s"><v>1</v></c></row>' % LAST
    return in_sheet(data, lambda body: before_end(body, b"</sheetData>", far))


@kind()
def columns_all(_rng: random.Random, data: bytes) -> bytes:
    far = b"".join(
        b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (at, at) for at in range(3000, 5000)
    )
    return in_sheet(data, lambda body: before_end(body, b"</sheetData>", far))


@kind()
def headings_moved(rng: random.Random, data: bytes) -> bytes:
    """Every merged range slid by some rows and columns."""
    down, right = rng.randrange(1, 4), rng.randrange(1, 4)

    def slide(found: re.Match[bytes]) -> bytes:
        letter = found[1][:-1] + bytes([min(found[1][-1] + right, ord("Z"))])
        return letter + b"%d" % (int(found[2]) + down)

    def change(body: bytes) -> bytes:
        return re.sub(
            rb'(?<=<mergeCell ref=")[^"]*',
            lambda area: re.sub(rb"([A-Z]+)(\d+)", slide, area[0]),
            body,
        )

    return in_sheet(data, change)


def _merged(data: bytes, areas: list[str]) -> bytes:
    cells = "".join(f'<mergeCell ref="{area}"/>' for area in areas).encode()

    def change(body: bytes) -> bytes:
        if b"</mergeCells>" in body:
            return before_end(body, b"</mergeCells>", cells)
        return body.replace(b"</sheetData>", b"</sheetData><mergeCells>" + cells + b"</mergeCells>")

    return in_sheet(data, change)


@kind()
def merge_giant(rng: random.Random, data: bytes) -> bytes:
    return _merged(data, rng.choice([[f"A1:{LAST.decode()}"], ["A2:A1048576"], ["A8:XFD8"]]))


@kind()
def merges_crossing(rng: random.Random, data: bytes) -> bytes:
    odd = ["B2:A1", "A0:B0", "ZZZ1:ZZZ2", "A1", "", "A1:B2:C3"]
    many = [f"A{at}:F{at + 3}" for at in range(1, 3000)]
    return _merged(data, rng.choice([many, odd]))


@kind()
def wrong_types(rng: random.Random, data: bytes) -> bytes:
    """The type of a cell and what stands in it do not fit."""
    types, values = (
        [b"b", b"n", b"e", b"d", b"str", b"s", b"inlineStr", b"zz"],
        [b"abc", b"1", b"", b"-1.5"],
    )

    def content(at: bytes, style: bytes) -> bytes:
        return b'<c r="%s"%s t="%s"><v>%s</v></c>' % (
            at,
            style,
            rng.choice(types),
            rng.choice(values),
        )

    return some_cells(rng, data, content)


@kind()
def shared_string_out_of_range(rng: random.Random, data: bytes) -> bytes:
    numbers = [b"999999", b"-1", b"4294967296", b"1.5", b"abc", b""]

    def content(at: bytes, style: bytes) -> bytes:
        return b'<c r="%s"%s t="s"><v>%s</v></c>' % (at, style, rng.choice(numbers))

    return some_cells(rng, data, content, 0.05)


@kind()
def odd_numbers(rng: random.Random, data: bytes) -> bytes:
    values = (
        b"NaN|INF|-INF|1e308|-1e308|1e309|1e-320|-0|-5|0.1|1E+15|00012|0x1F|1,5|+7|_1"
        b"|12345678901234567890"
    )

    def content(at: bytes, style: bytes) -> bytes:
        return b'<c r="%s"%s><v>%s</v></c>' % (at, style, rng.choice(values.split(b"|")))

    return some_cells(rng, data, content)


@kind()
def odd_dates(rng: random.Random, data: bytes) -> bytes:
    """Serials 0, 60 (29/02/1900, a day that never was), before and after all that Excel knows."""
    values = [
        b"0",
        b"1",
        b"59",
        b"60",
        b"61",
        b"-1",
        b"2958465",
        b"2958466",
        b"1e10",
        b"27507.999988426",
        b"0.5",
    ]

    def one(found: re.Match[bytes]) -> bytes:
        if b't="n"' not in found[3] or not re.fullmatch(rb"<v>\d{5}</v>", found[4] or b""):
            return found[0]
        value = rng.choice(values)
        return b'<c r="%s%s"%s><v>%s</v></c>' % (found[1], found[2], found[3], value)

    return in_sheet(data, lambda body: CELL.sub(one, body))


@kind()
def epoch_switched(_rng: random.Random, data: bytes) -> bytes:
    """1904 for 1900: every date moves four years and a day, and nothing in the file says so."""
    return changed(
        data, BOOK, lambda body: re.sub(rb"<workbookPr ?/>", b'<workbookPr date1904="1"/>', body)
    )


@kind()
def long_text(rng: random.Random, data: bytes) -> bytes:
    letter = rng.choice("aễ\u0301 0=").encode()
    text = letter * rng.choice([32_767, 32_768, 3_000_000])
    done: list[bytes] = []

    def content(at: bytes, style: bytes) -> bytes:
        done.append(at)
        body = text if len(done) == 1 else b"x"
        return b'<c r="%s"%s t="inlineStr"><is><t>%s</t></is></c>' % (at, style, body)

    return some_cells(rng, data, content, 0.01)


@kind()
def addresses_wrong(rng: random.Random, data: bytes) -> bytes:
    odd = [
        b"ZZZZ99",
        b"A0",
        b"a1",
        b"1A",
        b"",
        b"A1",
        b"XFE1",
        b"A1048577",
        b"R1C1",
        b"A99999999999",
    ]
    return some_cells(
        rng, data, lambda _at, style: b'<c r="%s"%s><v>1</v></c>' % (rng.choice(odd), style), 0.05
    )


@kind()
def rows_shuffled(rng: random.Random, data: bytes) -> bytes:
    """Rows stand in another order in the file; their numbers still say where they belong."""

    def change(body: bytes) -> bytes:
        rows = re.findall(rb"<row .*?</row>", body, re.DOTALL)
        start, end = body.index(b"<sheetData>") + 11, body.rindex(b"</sheetData>")
        rng.shuffle(rows)
        return body[:start] + b"".join(rows) + body[end:]

    return in_sheet(data, change)


@kind()
def styles_out_of_range(rng: random.Random, data: bytes) -> bytes:
    numbers = [b"99999", b"-1", b"4294967296", b"x"]
    return in_sheet(
        data,
        lambda body: re.sub(
            rb'(<c r="[A-Z]+\d+") s="\d+"', lambda f: f[1] + b' s="%s"' % rng.choice(numbers), body
        ),
    )


@kind()
def sheet_names(rng: random.Random, data: bytes) -> bytes:
    names = ["a" * 5000, "", "&#1;", "'!A1", "../../x", "=1+1", "\u202etxt", "Sheet1"]
    name = rng.choice(names).encode()
    return changed(
        data, BOOK, lambda body: re.sub(rb'(<sheet [^>]*name=")[^"]*', rb"\g<1>" + name, body)
    )


@kind()
def sheets_many(_rng: random.Random, data: bytes) -> bytes:
    """Five thousand sheets that are all the first one."""

    def change(body: bytes) -> bytes:
        found = re.search(rb"<sheet [^>]*/>", body)
        assert found
        more = b"".join(
            re.sub(rb'name="[^"]*"', b'name="S%d"' % at, found[0]).replace(
                b'sheetId="1"', b'sheetId="%d"' % at
            )
            for at in range(10, 5010)
        )
        return body.replace(b"</sheets>", more + b"</sheets>")

    return changed(data, BOOK, change)


@kind()
def relations_wrong(rng: random.Random, data: bytes) -> bytes:
    """The sheet is said to be elsewhere: nowhere, in itself, outside."""
    targets = [
        "worksheets/none.xml",
        "/xl/workbook.xml",
        "../../../etc/passwd",
        "http://vd.invalid/s.xml",
        "",
    ]
    target = rng.choice(targets).encode()
    return changed(
        data,
        "xl/_rels/workbook.xml.rels",
        lambda body: re.sub(rb'Target="[^"]*sheet1\.xml"', b'Target="%s"' % target, body),
    )


@kind()
def names_defined_wild(_rng: random.Random, data: bytes) -> bytes:
    wild = b"".join(
        b'<definedName name="_xlnm.Print_Titles%d">%s</definedName>' % (at, value)
        for at, value in enumerate(
            [b"#REF!", b"Sheet1!$1:$1048576", b"[9]x!A1", b"" * 2, b"A" * 9000]
        )
    )

    def change(body: bytes) -> bytes:
        body = re.sub(rb"<definedNames ?/>", b"", body)
        return body.replace(b"</sheets>", b"</sheets><definedNames>" + wild + b"</definedNames>", 1)

    return changed(data, BOOK, change)
