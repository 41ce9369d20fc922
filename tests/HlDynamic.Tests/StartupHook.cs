/// <summary>What the .NET host calls in a process that names this assembly as a hook: tells at its end what is loaded.</summary>
internal static class StartupHook
{
    public const string ListVariable = "HLDYNAMIC_LIST_ASSEMBLIES";

    public static void Initialize() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        File.WriteAllLines(Environment.GetEnvironmentVariable(ListVariable)!,
            Array.ConvertAll(AppDomain.CurrentDomain.GetAssemblies(), static a => a.GetName().Name!));
}
