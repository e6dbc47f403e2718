// Made from web/ by make web; sources fff420b0f0bc985eef6dfe76a5b2bc992ee1da719196a3e787553c83318739ed
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
