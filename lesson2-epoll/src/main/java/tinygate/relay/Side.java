package tinygate.relay;

/** The two connections of an exchange. */
public enum Side {
    CLIENT,
    UPSTREAM;

    public Side other() {
        return this == CLIENT ? UPSTREAM : CLIENT;
    }
}
