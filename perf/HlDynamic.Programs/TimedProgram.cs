using Twins;

namespace HlDynamic.Programs;

/// <summary>A program in Haxe (<c>haxe/bench/programs</c>) and its twin in C#.</summary>
/// <param name="Name">The Haxe class; its <c>run</c> takes the size and returns a checksum.</param>
/// <param name="Size">So that a round takes 50 to 300 ms.</param>
/// <param name="Small">For the many short calls after which both are compiled for good.</param>
/// <param name="Twin">The same in C#.</param>
/// <param name="Goal">How many times the twin's time is allowed.</param>
internal sealed record TimedProgram(string Name, int Size, int Small, Func<int, int> Twin, double Goal = 1.25)
{
    public static readonly TimedProgram[] All =
    [
        new("Calls", 36, 20, Calls.Run),
        new("Allocation", 15, 8, Allocation.Run),
        new("VirtualCalls", 10_000, 200, VirtualCalls.Run),
        new("InterfaceCalls", 4_000, 80, InterfaceCalls.Run),
        new("Closures", 10_000, 200, Closures.Run),
        new("IntArrays", 1_500_000, 30_000, IntArrays.Run),
        new("FloatArrays", 1_000_000, 20_000, FloatArrays.Run),
        new("ByteBlocks", 1_000_000, 20_000, ByteBlocks.Run),
        new("Strings", 60_000, 1_200, Strings.Run),
        new("StringBuffers", 2_000, 100, StringBuffers.Run),
        new("IntMaps", 200_000, 10_000, IntMaps.Run),
        new("StringMaps", 150_000, 3_000, StringMaps.Run),
        new("ObjectMaps", 200_000, 4_000, ObjectMaps.Run),
        new("Structures", 10_000, 200, Structures.Run),
        new("DynamicAccess", 2_000_000, 40_000, DynamicAccess.Run, Goal: 2),
        new("Exceptions", 50_000, 1_000, Exceptions.Run, Goal: 2),
        new("Int64s", 20_000_000, 400_000, Int64s.Run),
        new("Matrix", 400, 20, Matrix.Run),
        new("NBody", 600_000, 12_000, NBody.Run),
        new("Mandelbrot", 700, 20, Mandelbrot.Run),
        new("MandelbrotObjects", 400, 20, MandelbrotObjects.Run),
        new("Sorting", 200_000, 4_000, Sorting.Run),
        new("Jsons", 300, 20, Jsons.Run),
        new("Regexps", 20_000, 400, Regexps.Run),
    ];
}
