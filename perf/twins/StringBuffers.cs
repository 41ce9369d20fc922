using System.Text;

namespace Twins;

internal static class StringBuffers
{
    public static int Run(int n)
    {
        int sum = 0;
        for (int pass = 0; pass < n; pass++)
        {
            var buf = new StringBuilder();
            for (int i = 0; i < 1000; i++)
            {
                buf.Append("item ");
                buf.Append(i);
                buf.Append(',');
                buf.Append("abcdefgh", i & 3, 3);
            }
            string text = buf.ToString();
            sum = sum * 31 + text.Length + text[pass % 1000];
        }
        return sum;
    }
}
