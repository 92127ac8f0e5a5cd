package tinygate.relay;

/** The two ways in which a kernel does I/O for a driver. */
enum IoStyle {
    READINESS,
    COMPLETION;

    FakeDriver driver(int chunkBytes) {
        return this == READINESS
                ? new ReadinessDriver(chunkBytes)
                : new CompletionDriver(chunkBytes);
    }
}
