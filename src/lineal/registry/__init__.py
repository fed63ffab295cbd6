"""What Git's tags say of models: events, their order, the state they leave."""
