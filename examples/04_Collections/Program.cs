using HlDynamic;
using HlDynamic.Runtime;

dynamic hl = HlVm.Load(Path.Combine(AppContext.BaseDirectory, "collections.hl"));
dynamic shop = hl.Shop;

// Arrays are lists.
foreach (dynamic item in shop.items)
    Console.WriteLine($"{item.name} costs {item.price}");
Console.WriteLine($"{shop.items.Count} items, the first is {shop.items[0].name}");
shop.sold.Add(20);
Console.WriteLine($"sold {string.Join(", ", shop.sold)}: {((IEnumerable<int>)shop.sold).Sum()} in all");
string[] dear = [.. ((IEnumerable<dynamic>)shop.items).Where(i => i.price > 1).Select(i => (string)i.name)];
Console.WriteLine($"dear: {string.Join(", ", dear)}");

// Numbers are a span, without a copy.
Span<int> sold = ((HlArrayObject)shop.sold).AsSpan<int>();
sold.Sort();
Console.WriteLine($"sorted {string.Join(", ", shop.sold)}");

// Lists of C# are copied where Haxe wants an array.
Console.WriteLine($"total {shop.total(new List<double> { 0.5, 2.25 })}");

// Maps are dictionaries, both ways.
int pieces = shop.restock(new Dictionary<string, int> { ["apple"] = 10, ["cheese"] = 5 });
Console.WriteLine($"{pieces} pieces came");
shop.stock["bread"] = 9;
foreach (dynamic entry in ((IEnumerable<KeyValuePair<string, object>>)shop.stock).OrderBy(e => e.Key))
    Console.WriteLine($"{entry.Key}: {entry.Value}");
Dictionary<string, int> copy = shop.stock;
Console.WriteLine($"a copy has {copy.Count} entries");

// Lists and iterators are sequences.
Console.WriteLine($"queue {string.Join(", ", (IEnumerable<object>)shop.queue)}");
foreach (int n in shop.countdown(3))
    Console.Write($"{n}... ");
Console.WriteLine("go");

// Bytes are bytes.
byte[] receipt = shop.receipt();
Console.WriteLine($"receipt of {receipt.Length} bytes, checksum {shop.checksum(receipt)}");
