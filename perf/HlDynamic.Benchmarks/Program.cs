using BenchmarkDotNet.Running;
using HlDynamic.Benchmarks;

if (args is ["cold", ..])
    ColdUses.Run(args);
else if (args is ["rounds", _, ..])
    Rounds.Run(args);
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, ShortRuns.Config);
