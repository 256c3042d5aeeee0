namespace GpuKeras.Tests.Saving.Architecture;

/// <summary>The keys of Keras' configurations, of every class that is here too, in the order in which Keras writes them.</summary>
/// <remarks>From <c>get_config</c> of each class with its defaults. Of optimizers those that not all have.</remarks>
internal static class KerasKeys
{
    public const string Optimizer =
        "name learning_rate weight_decay clipnorm global_clipnorm clipvalue use_ema ema_momentum ema_overwrite_frequency loss_scale_factor " +
        "gradient_accumulation_steps";

    private const string Table = """
        layers Conv1D: name trainable dtype filters kernel_size strides padding data_format dilation_rate groups activation use_bias
            kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint
        layers Conv2D: name trainable dtype filters kernel_size strides padding data_format dilation_rate groups activation use_bias
            kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint
        layers DepthwiseConv2D: name trainable dtype depth_multiplier kernel_size strides padding data_format dilation_rate activation
            use_bias depthwise_initializer bias_initializer depthwise_regularizer bias_regularizer activity_regularizer
            depthwise_constraint bias_constraint
        layers SeparableConv2D: name trainable dtype depth_multiplier filters kernel_size strides padding data_format dilation_rate
            activation use_bias depthwise_initializer pointwise_initializer bias_initializer depthwise_regularizer pointwise_regularizer
            bias_regularizer activity_regularizer depthwise_constraint pointwise_constraint bias_constraint
        layers Conv2DTranspose: name trainable dtype filters kernel_size strides padding output_padding data_format dilation_rate
            activation use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer
            kernel_constraint bias_constraint
        layers Dense: name trainable dtype units activation use_bias kernel_initializer bias_initializer kernel_regularizer
            bias_regularizer kernel_constraint bias_constraint quantization_config
        layers Activation: name trainable dtype activation
        layers Identity: name trainable dtype
        layers ReLU: name trainable dtype max_value negative_slope threshold
        layers LeakyReLU: name trainable dtype negative_slope
        layers ELU: name alpha trainable dtype
        layers PReLU: name trainable dtype alpha_initializer alpha_regularizer alpha_constraint shared_axes
        layers Softmax: name trainable dtype axis
        layers Dropout: name trainable dtype rate seed noise_shape
        layers SpatialDropout2D: rate seed name dtype data_format
        layers GaussianNoise: name trainable dtype stddev seed
        layers Rescaling: name trainable dtype scale offset
        layers Normalization: name trainable dtype axis invert mean variance
        layers Add: name trainable dtype
        layers Subtract: name trainable dtype
        layers Multiply: name trainable dtype
        layers Average: name trainable dtype
        layers Maximum: name trainable dtype
        layers Minimum: name trainable dtype
        layers Concatenate: name trainable dtype axis
        layers Dot: name trainable dtype axes normalize
        layers BatchNormalization: name trainable dtype axis momentum epsilon center scale beta_initializer gamma_initializer
            moving_mean_initializer moving_variance_initializer beta_regularizer gamma_regularizer beta_constraint gamma_constraint
            synchronized renorm renorm_clipping renorm_momentum
        layers LayerNormalization: name trainable dtype axis epsilon center scale rms_scaling beta_initializer gamma_initializer
            beta_regularizer gamma_regularizer beta_constraint gamma_constraint
        layers MaxPooling1D: name trainable dtype pool_size padding strides data_format
        layers AveragePooling1D: name trainable dtype pool_size padding strides data_format
        layers MaxPooling2D: name trainable dtype pool_size padding strides data_format
        layers AveragePooling2D: name trainable dtype pool_size padding strides data_format
        layers GlobalMaxPooling1D: name trainable dtype data_format keepdims
        layers GlobalMaxPooling2D: name trainable dtype data_format keepdims
        layers GlobalAveragePooling1D: name trainable dtype data_format keepdims
        layers GlobalAveragePooling2D: name trainable dtype data_format keepdims
        layers Flatten: name trainable dtype data_format
        layers Reshape: name trainable dtype target_shape
        layers Permute: name trainable dtype dims
        layers RepeatVector: name trainable dtype n
        layers ZeroPadding2D: name trainable dtype padding data_format
        layers Cropping2D: name trainable dtype cropping data_format
        layers UpSampling2D: name trainable dtype size data_format interpolation
        layers Embedding: name trainable dtype input_dim output_dim embeddings_initializer embeddings_regularizer activity_regularizer
            embeddings_constraint mask_zero quantization_config
        layers SimpleRNN: name trainable dtype return_sequences return_state go_backwards stateful unroll zero_output_for_mask units
            activation use_bias kernel_initializer recurrent_initializer bias_initializer kernel_regularizer recurrent_regularizer
            bias_regularizer activity_regularizer kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout
        layers LSTM: name trainable dtype return_sequences return_state go_backwards stateful unroll zero_output_for_mask units activation
            recurrent_activation use_bias kernel_initializer recurrent_initializer bias_initializer unit_forget_bias kernel_regularizer
            recurrent_regularizer bias_regularizer activity_regularizer kernel_constraint recurrent_constraint bias_constraint dropout
            recurrent_dropout seed
        layers GRU: name trainable dtype return_sequences return_state go_backwards stateful unroll zero_output_for_mask units activation
            recurrent_activation use_bias kernel_initializer recurrent_initializer bias_initializer kernel_regularizer
            recurrent_regularizer bias_regularizer activity_regularizer kernel_constraint recurrent_constraint bias_constraint dropout
            recurrent_dropout reset_after seed
        layers Bidirectional: name trainable dtype merge_mode layer backward_layer
        layers TimeDistributed: name trainable dtype layer
        layers MultiHeadAttention: name trainable dtype num_heads key_dim value_dim dropout use_bias use_gate output_shape attention_axes
            sliding_window kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint
            bias_constraint seed
        losses MeanSquaredError: name reduction
        losses MeanAbsoluteError: name reduction
        losses MeanAbsolutePercentageError: name reduction
        losses MeanSquaredLogarithmicError: name reduction
        losses LogCosh: name reduction
        losses Hinge: name reduction
        losses SquaredHinge: name reduction
        losses CategoricalHinge: name reduction
        losses KLDivergence: name reduction
        losses Poisson: name reduction
        losses CTC: name reduction
        losses Huber: name reduction delta
        losses CosineSimilarity: name reduction axis
        losses BinaryCrossentropy: name reduction from_logits label_smoothing axis
        losses BinaryFocalCrossentropy: name reduction from_logits label_smoothing axis apply_class_balancing alpha gamma
        losses CategoricalCrossentropy: name reduction from_logits label_smoothing axis
        losses CategoricalFocalCrossentropy: name reduction from_logits label_smoothing axis alpha gamma
        losses SparseCategoricalCrossentropy: name reduction from_logits ignore_class axis
        losses CategoricalGeneralizedCrossEntropy: name reduction q
        losses Dice: name reduction axis
        losses Tversky: name reduction alpha beta axis
        losses Circle: name reduction gamma margin remove_diagonal
        metrics Mean: name dtype
        metrics Sum: name dtype
        metrics MeanSquaredError: name dtype
        metrics RootMeanSquaredError: name dtype
        metrics MeanAbsoluteError: name dtype
        metrics MeanAbsolutePercentageError: name dtype
        metrics MeanSquaredLogarithmicError: name dtype
        metrics LogCoshError: name dtype
        metrics CosineSimilarity: name dtype
        metrics Hinge: name dtype
        metrics SquaredHinge: name dtype
        metrics CategoricalHinge: name dtype
        metrics KLDivergence: name dtype
        metrics Poisson: name dtype
        metrics BinaryCrossentropy: name dtype from_logits label_smoothing
        metrics CategoricalCrossentropy: name dtype from_logits label_smoothing axis
        metrics SparseCategoricalCrossentropy: name dtype from_logits ignore_class axis
        metrics Accuracy: name dtype
        metrics BinaryAccuracy: name dtype threshold
        metrics CategoricalAccuracy: name dtype
        metrics SparseCategoricalAccuracy: name dtype
        metrics TopKCategoricalAccuracy: name dtype k
        metrics SparseTopKCategoricalAccuracy: name dtype k
        metrics TruePositives: name dtype thresholds
        metrics TrueNegatives: name dtype thresholds
        metrics FalsePositives: name dtype thresholds
        metrics FalseNegatives: name dtype thresholds
        metrics Precision: name dtype thresholds top_k class_id
        metrics Recall: name dtype thresholds top_k class_id
        metrics SensitivityAtSpecificity: name dtype class_id num_thresholds specificity
        metrics SpecificityAtSensitivity: name dtype class_id num_thresholds sensitivity
        metrics PrecisionAtRecall: name dtype class_id num_thresholds recall
        metrics RecallAtPrecision: name dtype class_id num_thresholds precision
        metrics AUC: name dtype num_thresholds curve summation_method multi_label num_labels label_weights from_logits
        metrics FBetaScore: name dtype average beta threshold
        metrics F1Score: name dtype average threshold
        metrics R2Score: name dtype class_aggregation num_regressors
        metrics IoU: name dtype num_classes target_class_ids ignore_class sparse_y_true sparse_y_pred axis
        metrics MeanIoU: num_classes name dtype ignore_class sparse_y_true sparse_y_pred axis
        metrics BinaryIoU: target_class_ids threshold name dtype
        metrics OneHotIoU: num_classes target_class_ids name dtype ignore_class sparse_y_pred axis
        metrics OneHotMeanIoU: num_classes name dtype ignore_class sparse_y_pred axis
        regularizers L1: l1
        regularizers L1L2: l1 l2
        regularizers L2: l2
        regularizers OrthogonalRegularizer: factor mode
        optimizers Adadelta: rho epsilon
        optimizers Adafactor: beta_2_decay epsilon_1 epsilon_2 clip_threshold relative_step
        optimizers Adagrad: initial_accumulator_value epsilon
        optimizers Adam: beta_1 beta_2 epsilon amsgrad
        optimizers Adamax: beta_1 beta_2 epsilon
        optimizers AdamW: beta_1 beta_2 epsilon amsgrad
        optimizers Ftrl: learning_rate_power initial_accumulator_value l1_regularization_strength l2_regularization_strength
            l2_shrinkage_regularization_strength beta
        optimizers Lamb: beta_1 beta_2 epsilon
        optimizers Lion: beta_1 beta_2
        optimizers Muon: adam_beta_1 adam_beta_2 epsilon exclude_layers muon_a muon_b muon_c adam_lr_ratio momentum ns_steps nesterov
            exclude_embeddings adam_weight_decay rms_rate
        optimizers Nadam: beta_1 beta_2 epsilon
        optimizers RMSprop: rho momentum epsilon centered
        optimizers ScheduleFreeAdamW: beta_1 beta_2 epsilon warmup_steps
        optimizers.schedules CosineDecay: initial_learning_rate decay_steps alpha name warmup_target warmup_steps
        optimizers.schedules CosineDecayRestarts: initial_learning_rate first_decay_steps t_mul m_mul alpha name
        optimizers.schedules ExponentialDecay: initial_learning_rate decay_steps decay_rate staircase name
        optimizers.schedules InverseTimeDecay: initial_learning_rate decay_steps decay_rate staircase name
        optimizers.schedules PolynomialDecay: initial_learning_rate decay_steps end_learning_rate power cycle name
        optimizers SGD: momentum nesterov
        initializers Constant: value
        initializers GlorotNormal: seed input_axes output_axes
        initializers GlorotUniform: seed input_axes output_axes
        initializers HeNormal: seed input_axes output_axes
        initializers HeUniform: seed input_axes output_axes
        initializers Identity:
        initializers LecunNormal: seed input_axes output_axes
        initializers LecunUniform: seed input_axes output_axes
        initializers Ones:
        initializers Orthogonal: seed gain
        initializers RandomNormal: seed mean stddev
        initializers RandomUniform: seed minval maxval
        initializers TruncatedNormal: seed mean stddev
        initializers VarianceScaling: seed scale mode distribution input_axes output_axes
        initializers Zeros:
        constraints MaxNorm: max_value axis
        constraints MinMaxNorm: min_value max_value rate axis
        constraints NonNeg:
        constraints UnitNorm: axis
        """;

    /// <summary>The keys by module and class, such as <c>layers Dense</c>.</summary>
    public static IReadOnlyDictionary<string, string[]> ByClass { get; } = Table.ReplaceLineEndings("\n").Replace("\n    ", " ").Split('\n')
        .Select(static line => line.Split(": ", 2)).ToDictionary(static parts => parts[0].TrimEnd(':'), static parts => Keys(parts));

    private static string[] Keys(string[] parts)
    {
        var common = parts[0].StartsWith("optimizers ", StringComparison.Ordinal) ? Optimizer + " " : "";
        return (common + parts.ElementAtOrDefault(1)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
