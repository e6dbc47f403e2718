// Made from web/ by make web; sources 34930fd4d2cb31d66ea4de97d8cd2c4e3c13deef0b96d3d3bbec300ccc7dec93
var o="sco:draw-below",n=".sco-grid";function l(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{l as default};
