namespace HlDynamic.Cli;

/// <summary>Where the tool keeps compiled programs.</summary>
internal static class CacheDirectory
{
    /// <summary>The environment variable that names another place; set to nothing, it turns the cache off.</summary>
    public const string Variable = "HLDYN_CACHE";

    /// <summary>What the environment says, or else a directory of ours where the platform has a user's caches; null for no cache.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } named)
            return named.Length > 0 ? named : null;
        return UserCaches() is { } caches ? Path.Combine(caches, "hldyn") : null;
    }

    private static string? UserCaches()
    {
        if (OperatingSystem.IsWindows())
            return Known(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData));
        // XDG Base Directory Specification: a path that is not absolute counts for nothing.
        if (!OperatingSystem.IsMacOS() && Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } caches && Path.IsPathRooted(caches))
            return caches;
        return Known(Environment.GetEnvironmentVariable("HOME")) is { } home
            ? Path.Combine(home, OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache")
            : null;
    }

    private static string? Known(string? path) => string.IsNullOrEmpty(path) ? null : path;
}
