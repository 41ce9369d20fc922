namespace HlDynamic.Runtime;

/// <summary>
/// Where a module's types and functions are in the assembly it was compiled to, as rows of its metadata (0: nowhere).
/// Looking them up by name took longer than all else that a program does when it starts.
/// </summary>
/// <param name="ModuleClass">The class that connects the assembly with its VM.</param>
/// <param name="FirstGlobal">The field of the first global; the others follow.</param>
/// <param name="FirstPart">The first of the methods that make up the entry point, where it is cut into parts.</param>
/// <param name="PartCount">How many parts there are; 0 where the entry point is one method.</param>
/// <param name="Types">The classes, by the types' index.</param>
/// <param name="Constructors">By the index of an enum, the class of its first constructor that has one of its own; the others follow.</param>
/// <param name="Functions">The methods, by the functions' number.</param>
/// <param name="Copies">The second methods of functions that have one, each followed by its function's number.</param>
internal sealed record ImageMap(int ModuleClass, int FirstGlobal, int FirstPart, int PartCount, int[] Types, int[] Constructors, int[] Functions, int[] Copies)
{
    /// <summary>From rows to indexes; -1 where there is none.</summary>
    public static int[] Invert(int[] rows)
    {
        int last = 0;
        foreach (int row in rows)
            last = Math.Max(last, row);
        var indexes = new int[last + 1];
        Array.Fill(indexes, -1);
        for (int i = 0; i < rows.Length; i++)
            if (rows[i] > 0)
                indexes[rows[i]] = i;
        return indexes;
    }
}
