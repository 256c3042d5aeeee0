using GpuKeras.Callbacks;

namespace GpuKeras.Tests.Callbacks;

/// <summary>Plays a training to a callback: each epoch the model's only weight is the epoch's index, and the logs are given.</summary>
internal sealed class CallbackDriver
{
    private readonly Callback callback;

    public CallbackDriver(Callback callback)
    {
        this.callback = callback;
        Model = new OneWeight();
        Model.Apply(Tensor.Zeros([1]));
        _ = new CallbackList(Model, new RunParameters(10, 1, 0), [callback]);
    }

    public OneWeight Model { get; }

    /// <summary>The number of epochs that were run before the callback stopped the training.</summary>
    public int Epochs { get; private set; }

    /// <summary>What the callback left in the logs of each epoch.</summary>
    public List<Logs> Logs { get; } = [];

    /// <summary>Runs one epoch for each value of a log entry.</summary>
    public CallbackDriver Run(string name, params double[] values) =>
        Run([.. values.Select(value => new Logs { [name] = value })]);

    /// <summary>Runs one epoch of two batches for each of the logs.</summary>
    public CallbackDriver Run(IReadOnlyList<Logs> logs)
    {
        Model.StopTraining = false;
        Epochs = 0;
        callback.OnTrainBegin();
        foreach (var values in logs)
        {
            callback.OnEpochBegin(Epochs);
            Model.Weight.Assign(Tensor.Full([2], Epochs));
            for (var batch = 0; batch < 2 && !Model.StopTraining; batch++)
            {
                callback.OnTrainBatchBegin(batch);
                callback.OnTrainBatchEnd(batch, values);
            }
            callback.OnEpochEnd(Epochs++, values);
            Logs.Add(values);
            if (Model.StopTraining)
                break;
        }
        callback.OnTrainEnd(logs[^1]);
        return this;
    }

    internal sealed class OneWeight : Model
    {
        public Variable Weight { get; } = new(Tensor.Zeros([2]));

        protected override Tensor Call(Tensor inputs, bool training) => inputs;
    }
}
