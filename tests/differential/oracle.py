"""What the AWS CLI makes of an expression: jmespath.py, without its mistakes.

`search(text, document)` gives ("=", value), or ("!", kind of error).

DEPARTURES is the whole list of what analyzer/jmespath/ does otherwise than jmespath.py,
each with its reason.  Each row is checked against both, so that the list stays true; and
the classes below hold those departures, and no others, so that all else must agree.
"""

import json
import re
import sys

from jmespath import exceptions, functions, lexer, parser, visitor

INTEGER_MIN, INTEGER_MAX = -(2**63), 2**63 - 1
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")

# expression, document, what jmespath.py gives, what we give, why
DEPARTURES = [
    ("a == b", {"a": [1], "b": [True]}, True, False,
     "Python's True equals 1; jmespath.py sees to it at the top of a value only"),
    ("contains(@, `1`)", [True], True, False, "the same mistake"),
    ("a < b", {"a": "x", "b": 1}, TypeError, None,
     "an ordering of two types is null by the specification; jmespath.py ends in an exception"),
    ("contains(@, `1`)", "text", TypeError, False, "text contains no number"),
    ("to_number(@)", "1_0", 10, None,
     "the specification takes JSON's numbers; jmespath.py takes Python's"),
    ("to_number(@)", " 1 ", 1, None, "the same"),
    ("to_number(@)", "012", 12, None, "the same"),
    ("to_number(@)", "+1", 1, None, "the same"),
    ("to_number(@)", ".5", 0.5, None, "the same"),
    ("to_number(@)", "\u0663", 3, None, "the same"),
    ("to_number(@)", "1e999", float("inf"), None, "no JSON number is infinite"),
    ("to_number(@)", "9223372036854775808", 2**63, None, "our integers have 64 bits"),
    ("abs(@)", INTEGER_MIN, 2**63, "invalid-value", "our integers have 64 bits"),
    ("sum(@)", [INTEGER_MAX, 1], 2**63, "invalid-value", "our integers have 64 bits"),
    ("sum(@)", [1e308, 1e308], float("inf"), "invalid-value", "no JSON number is infinite"),
    ("floor(@)", 1e300, int(1e300), 1e300, "our integers have 64 bits: it stays a real number"),
    ("`1e999`", None, float("inf"), "invalid-value", "no JSON number is infinite"),
    ("`99999999999999999999`", None, 99999999999999999999, "invalid-value",
     "our integers have 64 bits"),
    ("`Infinity`", None, float("inf"), "Infinity", "the specification wants JSON; what is none is a word"),
    ("max_by(@, &a)", [{"a": 1}, {"a": "x"}], TypeError, "invalid-type",
     "the keys must be all numbers or all strings; jmespath.py ends in an exception"),
    ("min_by(@, &a)", [{"a": 1}, {"a": "x"}], TypeError, "invalid-type", "the same"),
    ("merge(@, 'text')", {}, ValueError, "invalid-type",
     "jmespath.py looks at the type of the first argument only"),
    ("merge(@, `[]`)", {}, {}, "invalid-type", "the same"),
    ("a[0][0:1].b", {"a": [[{"b": 1}]]}, None, [1],
     "a slice is a projection, behind an index, too"),
    ("a[::0]", {"a": 1}, None, "invalid-value", "a step of 0 is wrong, whatever the value"),
    ("[?abs()]", [], [], "invalid-arity",
     "an expression is checked when it is compiled, not when a call is reached"),
    ("[?abs(&a)]", [], [], "invalid-type", "the same"),
    ("[?frob(a)]", [], [], "unknown-function", "the same"),
    ("abs(a b)", {}, "invalid-arity", "syntax", "arguments have commas between them"),
    ("abs(`1`,)", None, 1, "syntax", "and no more than that"),
    ("{a: `1` b: `2`}", {}, {"a": 1, "b": 2}, "syntax", "so have the items of a hash"),
    ("[0:1 2]", [1], [1], "syntax", "a slice has at most one number between two colons"),
    ("(abs)(`1`)", {}, 1, "syntax", "a function's name has no parentheses"),
    ("length([&a])", {}, 1, "syntax", "& stands before arguments only"),
    ("a[99999999999999999999]", {"a": []}, None, "invalid-value", "our integers have 64 bits"),
    ("`\"\\ud800\"`", None, "\ud800", "syntax", "half a surrogate is no character"),
    ("`{\"\\u0000\": 1}`", None, {"\0": 1}, "invalid-value", "jansson reads no key with NUL in it"),
    ("`\u00a0word`", None, "word", "\u00a0word",
     "only JSON's white space is white space; jmespath.py takes away Unicode's"),
]


class OutOfRange(Exception):
    """What our numbers do not hold."""


class Syntax(Exception):
    """What only jmespath.py takes."""


def in_range(value):
    if isinstance(value, int) and not INTEGER_MIN <= value <= INTEGER_MAX:
        raise OutOfRange
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        raise OutOfRange
    return value


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def equal(left, right):
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(left[k], right[k]) for k in left)
    return left == right


def compensated_sum(numbers):
    """As sum() of Python 3.12, which the AWS CLI bundles: Neumaier's summation."""
    total = lost = 0.0
    for number in map(float, numbers):
        new = total + number
        if abs(total) >= abs(number):
            lost += (total - new) + number
        else:
            lost += (number - new) + total
        total = new
    return total if lost != lost or lost in (float("inf"), float("-inf")) else total + lost


def exact_sum(numbers):
    if any(isinstance(number, float) for number in numbers):
        return in_range(compensated_sum(numbers))
    total = 0
    for number in numbers:
        total = in_range(total + number)
    return total


class Functions(functions.Functions):
    @functions.signature({"types": ["number"]})
    def _func_abs(self, arg):
        return in_range(abs(arg))

    @functions.signature({"types": ["array-number"]})
    def _func_sum(self, arg):
        return exact_sum(arg)

    @functions.signature({"types": ["array-number"]})
    def _func_avg(self, arg):
        if not arg:
            return None
        try:
            total = float(exact_sum(arg))
        except OutOfRange:
            total = compensated_sum(arg)
        return in_range(total / float(len(arg)))

    @functions.signature({"types": ["number"]})
    def _func_ceil(self, arg):
        return self._whole(arg, super()._func_ceil)

    @functions.signature({"types": ["number"]})
    def _func_floor(self, arg):
        return self._whole(arg, super()._func_floor)

    @staticmethod
    def _whole(arg, function):
        return arg if isinstance(arg, float) and not -(2**63) <= arg < 2**63 else function(arg)

    @functions.signature({"types": []})
    def _func_to_number(self, arg):
        if not isinstance(arg, str):
            return super()._func_to_number(arg)
        if not NUMBER.fullmatch(arg):
            return None
        try:
            return in_range(json.loads(arg))
        except OutOfRange:
            return None

    @functions.signature({"types": ["array", "string"]}, {"types": []})
    def _func_contains(self, subject, search):
        if isinstance(subject, str):
            return isinstance(search, str) and search in subject
        return any(equal(element, search) for element in subject)

    @functions.signature({"types": ["object"], "variadic": True})
    def _func_merge(self, *arguments):
        for argument in arguments:
            self._type_check_single(argument, ["object"], "merge")
        return super()._func_merge(*arguments)

    def _keys_of_one_type(self, array, expref):
        keys = [expref.visit(expref.expression, element) for element in array]
        types = {self._convert_to_jmespath_type(type(key).__name__) for key in keys}
        if len(types) > 1 or types - {"number", "string"}:
            raise exceptions.JMESPathTypeError("by", keys, types, ["number", "string"])

    @functions.signature({"types": ["array"]}, {"types": ["expref"]})
    def _func_min_by(self, array, expref):
        self._keys_of_one_type(array, expref)
        return super()._func_min_by(array, expref)

    @functions.signature({"types": ["array"]}, {"types": ["expref"]})
    def _func_max_by(self, array, expref):
        self._keys_of_one_type(array, expref)
        return super()._func_max_by(array, expref)


class Interpreter(visitor.TreeInterpreter):
    COMPARATOR_FUNC = {
        **visitor.TreeInterpreter.COMPARATOR_FUNC,
        "eq": equal,
        "ne": lambda left, right: not equal(left, right),
    }

    def visit_comparator(self, node, value):
        if node["value"] in ("eq", "ne"):
            return super().visit_comparator(node, value)
        left = self.visit(node["children"][0], value)
        right = self.visit(node["children"][1], value)
        if not (is_number(left) and is_number(right) or isinstance(left, str) and isinstance(right, str)):
            return None
        return self.COMPARATOR_FUNC[node["value"]](left, right)


class Parser(parser.Parser):
    _CACHE = {}

    def __init__(self):
        super().__init__()
        self.argument_next = False

    def _expression(self, binding_power=0):
        argument, self.argument_next = self.argument_next, False
        if self._current_token() == "expref" and not argument:
            raise Syntax
        return super()._expression(binding_power)

    def _token_nud_lparen(self, token):
        expression = super()._token_nud_lparen(token)
        if self._current_token() == "lparen":
            raise Syntax
        return expression

    def _token_led_lparen(self, left):
        if left["type"] != "field":
            raise Syntax
        arguments = []
        while self._current_token() != "rparen":
            self.argument_next = True
            arguments.append(self._expression())
            if self._current_token() == "rparen":
                break
            self._match("comma")
            if self._current_token() == "rparen":
                raise Syntax
        self._match("rparen")
        return parser.ast.function_expression(left["value"], arguments)

    def _token_nud_expref(self, token):
        return parser.ast.expref(self._expression())

    def _token_led_lbracket(self, left):
        if self._current_token() in ("number", "colon"):
            return self._project_if_slice(left, self._parse_index_expression())
        return super()._token_led_lbracket(left)

    def _parse_slice_expression(self):
        start = self._index
        node = super()._parse_slice_expression()
        kinds = [token["type"] for token in self._tokens[start : self._index]]
        if ("number", "number") in zip(kinds, kinds[1:]):
            raise Syntax
        return node

    def _parse_multi_select_hash(self):
        pairs = []
        while True:
            key = self._lookahead_token(0)
            self._match_multiple_tokens(["quoted_identifier", "unquoted_identifier"])
            self._match("colon")
            pairs.append(parser.ast.key_val_pair(key_name=key["value"], node=self._expression()))
            if self._current_token() != "comma":
                self._match("rbrace")
                return parser.ast.multi_select_dict(nodes=pairs)
            self._match("comma")


def check_number_text(text):
    raise ValueError(text)


def loads(text, **_):
    """JSON alone, and what our numbers hold."""
    value = json.loads(text, parse_constant=check_number_text)
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            if any("\0" in key for key in one):
                raise OutOfRange
            pending += [*one, *one.values()]
        elif isinstance(one, list):
            pending += one
        elif isinstance(one, str):
            if any("\ud800" <= character <= "\udfff" for character in one):
                raise ValueError(text)
        else:
            in_range(one)
    return value


class Lexer(lexer.Lexer):
    def _consume_literal(self):
        start = self._position
        text = self._consume_until("`").replace("\\`", "`")
        try:
            value = loads(text)
        except ValueError:
            try:
                value = loads('"%s"' % text.lstrip(" \t\n\r"))
            except ValueError:
                raise Syntax from None
        return {"type": "literal", "value": value, "start": start, "end": self._position - start}


FUNCTIONS = Functions()


def kinds_of_tree(node):
    """The kinds of error that a compilation finds in what the grammar takes."""
    kinds = set()
    children = node.get("children", [])
    if node["type"] == "function_expression":
        spec = FUNCTIONS.FUNCTION_TABLE.get(node["value"])
        if spec is None:
            kinds.add("unknown-function")
        else:
            signature = spec["signature"]
            variadic = signature[-1].get("variadic")
            if len(children) < len(signature) or len(children) > len(signature) and not variadic:
                kinds.add("invalid-arity")
            for index, child in enumerate(children):
                row = signature[0 if variadic else min(index, len(signature) - 1)]
                if (child["type"] == "expref") != ("expref" in row["types"]):
                    kinds.add("invalid-type")
    elif node["type"] == "slice":
        if children[2] == 0:
            kinds.add("invalid-value")
        for number in children:
            if number is not None and not INTEGER_MIN <= number <= INTEGER_MAX:
                kinds.add("invalid-value")
        return kinds
    elif node["type"] == "index" and not INTEGER_MIN <= node["value"] <= INTEGER_MAX:
        kinds.add("invalid-value")
    for child in children:
        if isinstance(child, dict):
            kinds |= kinds_of_tree(child)
    return kinds


def kind_of(error):
    if isinstance(error, exceptions.ArityError):
        return "invalid-arity"
    if isinstance(error, exceptions.JMESPathTypeError):
        return "invalid-type"
    if isinstance(error, exceptions.UnknownFunctionError):
        return "unknown-function"
    if isinstance(error, OutOfRange):
        return "invalid-value"
    if isinstance(error, (exceptions.JMESPathError, Syntax)):
        return "syntax"
    raise error


def compiled(text):
    """The tree, or the set of the kinds of its errors."""
    kept = lexer.loads, lexer.Lexer
    lexer.loads, lexer.Lexer = loads, Lexer
    try:
        tree = Parser().parse(text).parsed
    except OutOfRange:
        return {"invalid-value", "syntax"}
    except (exceptions.JMESPathError, Syntax, IndexError) as error:
        return {"syntax" if isinstance(error, IndexError) else kind_of(error)}
    finally:
        lexer.loads, lexer.Lexer = kept
    return kinds_of_tree(tree) or tree


def search_tree(tree, document):
    options = visitor.Options(custom_functions=FUNCTIONS)
    try:
        return "=", Interpreter(options).visit(tree, document)
    except (exceptions.JMESPathError, OutOfRange) as error:
        return "!", {kind_of(error)}


def search(text, document):
    tree = compiled(text)
    return ("!", tree) if isinstance(tree, set) else search_tree(tree, document)


def search_unchanged(text, document):
    """jmespath.py as it is: a value, the kind of an error, or an exception's class."""
    try:
        return visitor.TreeInterpreter().visit(parser.Parser().parse(text).parsed, document)
    except exceptions.JMESPathError as error:
        return kind_of(error)
    except Exception as error:  # pylint: disable=broad-except
        return type(error)


assert sys.version_info >= (3, 8)
