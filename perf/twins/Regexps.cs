using System.Text.RegularExpressions;

namespace Twins;

internal static class Regexps
{
    public static int Run(int n)
    {
        int sum = 0;
        var mail = new Regex("([a-z0-9_.]+)@([a-z0-9]+)\\.(com|org|net)");
        var number = new Regex("[0-9]+");
        var blank = new Regex("[ \t]*,[ \t]*");
        for (int i = 0; i < n; i++)
        {
            string line = $"from ann.{i}@example.com , to bob_{i}@host{i}.org, size {i * 37} , id {i}";
            string rest = line;
            while (mail.Match(rest) is { Success: true } match)
            {
                sum += match.Groups[1].Value.Length * 3 + match.Groups[2].Value.Length;
                rest = rest.Substring(match.Index + match.Length);
            }
            sum = sum * 31 + number.Replace(line, "#").Length;
            sum += blank.Split(line).Length;
            sum ^= number.Replace(line, r => r.Value + "!").Length;
        }
        return sum;
    }
}
