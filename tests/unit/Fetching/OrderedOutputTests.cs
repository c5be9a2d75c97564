using FileVersions.Fetching;

namespace FileVersions.UnitTests.Fetching;

public sealed class OrderedOutputTests
{
    [Fact]
    public void Output_is_returned_file_by_file_regardless_of_write_order()
    {
        var output = new OrderedOutput<int>(10, 100);
        OrderedOutput<int>.FileOutput[] files = [output.Add(), output.Add(), output.Add()];
        Write(output, files[2], 5);
        Write(output, files[0], 1);
        Write(output, files[1], 3);
        output.Complete(files[1]);
        Write(output, files[0], 2);
        output.Complete(files[0]);
        Write(output, files[2], 6);
        output.Complete(files[2]);

        Assert.Equal([1, 2, 3, 5, 6], TakeAll(output));
        Assert.Equal(TakeResult.Empty, output.TryTake(wait: false, out _));
        Assert.Equal(0, output.Count);
    }

    [Fact]
    public void The_reader_waits_for_an_incomplete_file()
    {
        var output = new OrderedOutput<int>(10, 100);
        OrderedOutput<int>.FileOutput first = output.Add();
        OrderedOutput<int>.FileOutput second = output.Add();
        Write(output, second, 2);

        Assert.Equal(TakeResult.TimedOut, output.TryTake(wait: false, out _));

        output.Complete(first);
        Assert.Equal([2], TakeAll(output));
    }

    [Fact]
    public void Pages_in_flight_and_unread_pages_count_towards_the_capacity()
    {
        var output = new OrderedOutput<int>(maxPages: 3, maxItems: 100);
        output.Add();
        OrderedOutput<int>.FileOutput file = output.Add();

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => output.TryReservePage(file)));

        output.ReleasePage(file);
        Assert.True(output.TryReservePage(file));
        Assert.False(output.TryReservePage(file));
    }

    [Fact]
    public void Items_count_towards_the_capacity()
    {
        var output = new OrderedOutput<int>(maxPages: 100, maxItems: 5);
        OrderedOutput<int>.FileOutput first = output.Add();
        OrderedOutput<int>.FileOutput second = output.Add();
        Assert.True(output.TryReservePage(first));
        Write(output, first, 1, 2, 3, 4, 5);

        Assert.False(output.TryReservePage(second));

        Assert.Equal(TakeResult.Taken, output.TryTake(wait: false, out _));
        Assert.True(output.TryReservePage(second));
    }

    [Fact]
    public void The_first_file_has_capacity_while_it_has_no_unread_output()
    {
        var output = new OrderedOutput<int>(maxPages: 1, maxItems: 100);
        OrderedOutput<int>.FileOutput first = output.Add();
        OrderedOutput<int>.FileOutput second = output.Add();
        Assert.True(output.TryReservePage(first));

        Assert.True(output.TryReservePage(first));
        Assert.False(output.TryReservePage(second));
        Write(output, first, 1);
        Assert.False(output.TryReservePage(first));
    }

    [Fact]
    public void A_complete_file_releases_the_capacity_of_unwritten_pages()
    {
        var output = new OrderedOutput<int>(maxPages: 2, maxItems: 100);
        OrderedOutput<int>.FileOutput first = output.Add();
        output.Add();
        OrderedOutput<int>.FileOutput third = output.Add();
        Assert.True(output.TryReservePage(first));
        Assert.True(output.TryReservePage(first));
        Assert.False(output.TryReservePage(third));

        output.Complete(first);
        Assert.Equal(TakeResult.TimedOut, output.TryTake(wait: false, out _));

        Assert.True(output.TryReservePage(third));
    }

    [Fact]
    public async Task Only_output_of_the_first_file_wakes_the_reader()
    {
        var output = new OrderedOutput<int>(10, 100);
        OrderedOutput<int>.FileOutput first = output.Add();
        OrderedOutput<int>.FileOutput second = output.Add();
        Assert.Equal(TakeResult.TimedOut, output.TryTake(wait: true, out _));
        Task woken = output.WaitAsync(CancellationToken.None);

        Write(output, second, 2);
        Assert.False(woken.IsCompleted);
        Write(output, first, 1);
        await woken;

        Assert.False(output.Wait(TimeSpan.Zero, CancellationToken.None));
    }

    private static void Write(OrderedOutput<int> output, OrderedOutput<int>.FileOutput file, params int[] items) =>
        output.Write(file, new FetchEvent<int>("file") { Items = items });

    private static List<int> TakeAll(OrderedOutput<int> output)
    {
        var items = new List<int>();
        while (output.TryTake(wait: false, out FetchEvent<int> next) == TakeResult.Taken)
        {
            items.AddRange(next.Items!);
        }

        return items;
    }
}
