package tinygate.contract;

public interface GateContract extends TestedGate {}
