using BenchmarkDotNet.Running;
using HlDynamic.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, ShortRuns.Config);
