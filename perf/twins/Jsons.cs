using System.Globalization;
using System.Text;

namespace Twins;

// Haxe's JSON is a parser and a printer written in Haxe, so the twin has its own too, of the same kind.
internal static class Jsons
{
    private sealed class Parser(string text)
    {
        private int position;

        private int Next() => position < text.Length ? text[position++] : -1;

        public object? Parse()
        {
            while (true)
            {
                int c = Next();
                switch (c)
                {
                    case ' ' or '\r' or '\n' or '\t':
                        break;
                    case '{':
                        return ParseObject();
                    case '[':
                        return ParseArray();
                    case 't':
                        return Expect("rue", true);
                    case 'f':
                        return Expect("alse", false);
                    case 'n':
                        return Expect("ull", null);
                    case '"':
                        return ParseString();
                    case '-' or >= '0' and <= '9':
                        return ParseNumber();
                    default:
                        throw Invalid();
                }
            }
        }

        private Dictionary<string, object?> ParseObject()
        {
            var result = new Dictionary<string, object?>();
            string? field = null;
            while (true)
            {
                int c = Next();
                switch (c)
                {
                    case ' ' or '\r' or '\n' or '\t' or ',':
                        break;
                    case '}':
                        return result;
                    case ':':
                        result[field ?? throw Invalid()] = Parse();
                        field = null;
                        break;
                    case '"':
                        field = ParseString();
                        break;
                    default:
                        throw Invalid();
                }
            }
        }

        private List<object?> ParseArray()
        {
            var result = new List<object?>();
            while (true)
            {
                int c = Next();
                switch (c)
                {
                    case ' ' or '\r' or '\n' or '\t' or ',':
                        break;
                    case ']':
                        return result;
                    default:
                        position--;
                        result.Add(Parse());
                        break;
                }
            }
        }

        private string ParseString()
        {
            int start = position;
            StringBuilder? buffer = null;
            while (true)
            {
                int c = Next();
                if (c == '"')
                    break;
                if (c == '\\')
                {
                    buffer ??= new StringBuilder();
                    buffer.Append(text, start, position - start - 1);
                    c = Next();
                    buffer.Append(c switch { 'r' => '\r', 'n' => '\n', 't' => '\t', '/' or '\\' or '"' => (char)c, _ => throw Invalid() });
                    start = position;
                }
                else if (c < 0)
                {
                    throw Invalid();
                }
            }
            if (buffer is null)
                return text.Substring(start, position - start - 1);
            buffer.Append(text, start, position - start - 1);
            return buffer.ToString();
        }

        private object ParseNumber()
        {
            int start = position - 1;
            bool isWhole = true;
            while (true)
            {
                int c = Next();
                if (c is >= '0' and <= '9')
                    continue;
                if (c is not ('.' or 'e' or 'E' or '+' or '-'))
                    break;
                isWhole = false;
            }
            position--;
            double number = double.Parse(text.Substring(start, position - start), CultureInfo.InvariantCulture);
            return isWhole ? (object)(int)number : number;
        }

        private object? Expect(string rest, object? value)
        {
            foreach (char c in rest)
                if (Next() != c)
                    throw Invalid();
            return value;
        }

        private FormatException Invalid() => new("Invalid character at " + (position - 1));
    }

    private sealed class Printer
    {
        private readonly StringBuilder buffer = new();

        public override string ToString() => buffer.ToString();

        public void Write(object? value)
        {
            switch (value)
            {
                case null:
                    buffer.Append("null");
                    break;
                case bool b:
                    buffer.Append(b ? "true" : "false");
                    break;
                case int i:
                    buffer.Append(i.ToString());
                    break;
                case double d:
                    buffer.Append(d.ToString(CultureInfo.InvariantCulture));
                    break;
                case string s:
                    Quote(s);
                    break;
                case List<object?> list:
                    buffer.Append('[');
                    for (int i = 0; i < list.Count; i++)
                    {
                        if (i > 0)
                            buffer.Append(',');
                        Write(list[i]);
                    }
                    buffer.Append(']');
                    break;
                case Dictionary<string, object?> obj:
                    buffer.Append('{');
                    bool isFirst = true;
                    foreach ((string name, object? field) in obj)
                    {
                        if (!isFirst)
                            buffer.Append(',');
                        isFirst = false;
                        Quote(name);
                        buffer.Append(':');
                        Write(field);
                    }
                    buffer.Append('}');
                    break;
            }
        }

        private void Quote(string s)
        {
            buffer.Append('"');
            for (int i = 0; i < s.Length; i++)
            {
                char c = s[i];
                switch (c)
                {
                    case '"':
                        buffer.Append("\\\"");
                        break;
                    case '\\':
                        buffer.Append("\\\\");
                        break;
                    case '\n':
                        buffer.Append("\\n");
                        break;
                    case '\r':
                        buffer.Append("\\r");
                        break;
                    case '\t':
                        buffer.Append("\\t");
                        break;
                    default:
                        buffer.Append(c);
                        break;
                }
            }
            buffer.Append('"');
        }
    }

    public static int Run(int n)
    {
        int sum = 0;
        string text = "{\"name\":\"shop\",\"open\":true,\"items\":[";
        for (int i = 0; i < 100; i++)
        {
            if (i > 0)
                text += ",";
            text += $"{{\"id\":{i},\"price\":{i * 3}.5,\"label\":\"item \\\"{i}\\\"\",\"tags\":[\"a\",\"bc\",\"def\"],\"parent\":null}}";
        }
        text += "]}";
        for (int pass = 0; pass < n; pass++)
        {
            var shop = (Dictionary<string, object?>)new Parser(text).Parse()!;
            var items = (List<object?>)shop["items"]!;
            foreach (object? item in items)
            {
                int id = (int)((Dictionary<string, object?>)item!)["id"]!;
                sum += id;
            }
            var printer = new Printer();
            printer.Write(shop);
            string again = printer.ToString();
            sum = sum * 31 + again.Length;
        }
        return sum;
    }
}
