"""Square codes."""

from xml.etree import ElementTree as ET

from cantiere.engine.square_code import square_code


def test_square_code_is_a_square_drawing_that_differs_by_its_words():
    one, other = square_code("https://example.org/a"), square_code("https://example.org/b")
    drawing = ET.fromstring(one)
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert drawing.attrib["width"] == drawing.attrib["height"]
    assert one != other
