using System.Reflection;
using System.Text.Json.Nodes;
using GpuKeras.Utilities;

namespace GpuKeras.Saving;

/// <summary>Keras configurations of objects, derived from their constructors.</summary>
/// <remarks>
/// A constructor parameter <c>kernelSize</c> is the key <c>kernel_size</c>, its value the property <c>KernelSize</c>. So an object
/// states its configuration once, as its constructor, and <c>GetConfig</c> and <c>FromConfig</c> follow.
/// </remarks>
public static class KerasConfig
{
    /// <summary>The configuration of an object: the values of its constructor's parameters.</summary>
    /// <exception cref="InvalidOperationException">A parameter has no property of its name.</exception>
    public static JsonObject OfConstructor(object instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var config = new JsonObject();
        AddParameters(config, instance);
        return config.InKerasOrder(instance.GetType());
    }

    /// <summary>Adds the values of an object's constructor's parameters to a configuration.</summary>
    internal static void AddParameters(JsonObject config, object instance)
    {
        foreach (var parameter in Parameters(instance.GetType()))
        {
            if (parameter.Name == "name" && instance is Layers.Layer)
                continue;
            var property = Property(instance.GetType(), parameter)
                ?? throw new InvalidOperationException(
                    $"{instance.GetType().Name}: its constructor's parameter '{parameter.Name}' needs a property " +
                    $"'{Identifiers.ToPascalCase(parameter.Name!)}' to be saved. Hint: add it, or override GetConfig.");
            config[Key(parameter)] = ConfigValues.ToJson(property.GetValue(instance));
        }
    }

    /// <summary>The configuration without a key whose value is the default: Keras 3.15 neither writes nor needs it.</summary>
    internal static JsonObject WithoutDefault(this JsonObject config, string key, JsonNode standard)
    {
        if (JsonNode.DeepEquals(config[key], standard))
            config.Remove(key);
        return config;
    }

    /// <summary>The configuration in Keras' order: some keys of every object of the kind, then those of <see cref="KerasKeysAttribute"/>, then the rest.</summary>
    internal static JsonObject InKerasOrder(this JsonObject config, Type type, params ReadOnlySpan<string> common)
    {
        var position = 0;
        foreach (var key in (IEnumerable<string>)[.. common, .. type.GetCustomAttribute<KerasKeysAttribute>()?.Keys ?? []])
            if (config.Remove(key, out var value))
                config.Insert(position++, key, value);
        return config;
    }

    /// <summary>An object with its type: <c>{module, class_name, config, registered_name}</c>, for layers also how they were built and compiled.</summary>
    public static JsonObject Serialize(IKerasObject instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var type = instance.GetType();
        var registered = KerasTypes.RegisteredName(type);
        var serialized = new JsonObject
        {
            ["module"] = registered is null ? KerasTypes.Module(type) : null,
            ["class_name"] = KerasTypes.ClassName(type),
            ["config"] = instance.GetConfig(),
            // Keras' class has no public name, so that it is known by this one.
            ["registered_name"] = type == typeof(Model) ? "Functional" : registered,
        };
        if (instance is Layers.Layer layer && LayerBuildConfig.Of(layer) is { } build)
            serialized["build_config"] = build;
        if (instance is Model model)
            serialized["compile_config"] = CompileConfig.Write(model);
        return serialized;
    }

    /// <summary>Makes an object from <see cref="Serialize"/>'s form.</summary>
    /// <param name="serialized">The form.</param>
    /// <param name="expected">What the object is to be, for forms without a module whose class name has several meanings.</param>
    /// <exception cref="ArgumentException">The type is not known, or the configuration does not fit it.</exception>
    public static IKerasObject Deserialize(JsonObject serialized, Type? expected = null)
    {
        ArgumentNullException.ThrowIfNull(serialized);
        var form = new ConfigReader(serialized, "configuration");
        var registered = form["registered_name"].IsNull ? form["class_name"] : form["registered_name"];
        var type = KerasTypes.Find(registered.Text(), form["module"].IsNull ? null : form["module"].Text(), expected);
        return Create(type, serialized["config"] as JsonObject ?? []);
    }

    /// <summary>Makes an object of a type from its configuration.</summary>
    /// <exception cref="ArgumentException">A value does not fit its parameter.</exception>
    public static T FromConfig<T>(JsonObject config)
        where T : IKerasObject => (T)Create(typeof(T), config);

    /// <inheritdoc cref="FromConfig{T}"/>
    public static IKerasObject Create(Type type, JsonObject config)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(config);
        if (type.GetMethod("FromConfig", BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly, [typeof(JsonObject)]) is { } own)
            return (IKerasObject)own.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [config], null)!;
        var parameters = Parameters(type);
        var arguments = new object?[parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = Argument(type, parameters[i], config);
        var instance = (IKerasObject)Constructor(type).Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
        if (instance is Layers.Layer layer)
        {
            RestoreCommon(layer, config);
            RefuseUnsupported(layer, config);
        }
        return instance;
    }

    private static void RefuseUnsupported(Layers.Layer layer, JsonObject config)
    {
        foreach (var (key, supported) in layer.FixedConfig)
            if (config.TryGetPropertyValue(key, out var value) && !JsonNode.DeepEquals(value, supported))
                throw new NotSupportedException(
                    $"{layer.GetType().Name}: configuration value '{key}' must be {supported?.ToJsonString() ?? "null"}; got {value?.ToJsonString() ?? "null"}");
    }

    private static void RestoreCommon(Layers.Layer layer, JsonObject config)
    {
        var form = new ConfigReader(config, layer.Name);
        if (!form["name"].IsNull && form["name"].Text() != layer.Name)
            layer.Rename(form["name"].Text());
        if (!form["trainable"].IsNull && !form["trainable"].Flag())
            layer.Trainable = false;
        if (layer.ActivityRegularizer is null && form["activity_regularizer"].Value is { } regularizer)
            typeof(Layers.Layer).GetProperty(nameof(Layers.Layer.ActivityRegularizer))!
                .SetValue(layer, ConfigValues.FromJson(regularizer, typeof(Regularizers.Regularizer)));
        if (ConfigValues.DTypeName(config["dtype"]) is { } dtype)
            typeof(Layers.Layer).GetProperty(nameof(Layers.Layer.DType))!.SetValue(layer, DTypes.Parse(dtype));
    }

    private static object? Argument(Type type, ParameterInfo parameter, JsonObject config)
    {
        if (config.TryGetPropertyValue(Key(parameter), out var value))
        {
            try
            {
                return ConfigValues.FromJson(value, parameter.ParameterType);
            }
            catch (Exception exception) when (ModelConfig.IsBadConfiguration(exception))
            {
                throw new ArgumentException(
                    $"{type.Name}: configuration value '{Key(parameter)}' does not fit; got {new ConfigReader(value, "").Excerpt()}: {exception.Message}", exception);
            }
        }
        return parameter.HasDefaultValue
            ? parameter.DefaultValue
            : throw new ArgumentException($"{type.Name}: configuration value '{Key(parameter)}' is missing");
    }

    // The constructor that Keras' keys belong to: the public one with the most parameters.
    private static ConstructorInfo Constructor(Type type) =>
        type.GetConstructors().MaxBy(static constructor => constructor.GetParameters().Length)
        ?? throw new InvalidOperationException($"{type.Name}: has no public constructor");

    private static ParameterInfo[] Parameters(Type type) => Constructor(type).GetParameters();

    private static PropertyInfo? Property(Type type, ParameterInfo parameter) =>
        type.GetProperty(
            Identifiers.ToPascalCase(parameter.Name!), BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy);

    private static string Key(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<ConfigKeyAttribute>()?.Key ?? ConfigValues.SnakeCase(parameter.Name!);
}
