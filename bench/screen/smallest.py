"""The smallest app that a page is held against: one picker and one chart of Streamlit."""

import plotly.graph_objects as go
import streamlit as st

choice = st.selectbox("Subject", range(40), key="subject")
heights = [(choice + 1) * step % 7 + 1 for step in range(20)]
st.plotly_chart(go.Figure(go.Scatter(y=heights, mode="markers")), key="chart")
